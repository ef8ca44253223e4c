#!/usr/bin/env bash
# What a new user does: a fresh clone, the README's first command, and its curl lines to the letter.
set -euo pipefail
cd "$(dirname "$0")/.."
# Jobs of a script ignore SIGINT; SIGTERM ends the server as cleanly.
folder=$(mktemp -d)
chmod 711 "$folder"
server=
stop() {
  kill -TERM "$server" 2>/dev/null || true
  wait "$server" 2>/dev/null || true
  server=
  for _ in $(seq 150); do curl -s -o /dev/null http://127.0.0.1:8000/ || return 0; sleep 0.1; done
  echo "the server still runs after npm was ended" >&2
  return 1
}
finish() { [ -z "$server" ] || stop || true; rm -rf "$folder"; }
trap finish EXIT
if curl -s -o /dev/null http://127.0.0.1:8000/; then echo "Port 8000 is in use: the README's lines cannot be run." >&2; exit 1; fi

git clone -q . "$folder/clone"
(cd "$folder/clone" && exec env -u CIP_MANAGEMENT_PORT npm start) >"$folder/log" 2>&1 &
server=$!
for _ in $(seq 600); do
  curl -sf -o /dev/null http://127.0.0.1:8000/readyz && break
  kill -0 "$server" 2>/dev/null || { cat "$folder/log"; exit 1; }
  sleep 0.1
done

mapfile -t lines < <(grep '^curl ' README.md)
[ ${#lines[@]} -eq 3 ] || { echo "README.md has ${#lines[@]} curl lines instead of 3." >&2; exit 1; }
registered=$(bash -c "${lines[0]}" 2>/dev/null)
[ "$registered" = '{"id":1,"username":"testuser","email":"test@example.com"}' ] || { echo "register answered: $registered" >&2; exit 1; }
token=$(bash -c "${lines[1]}" 2>/dev/null | sed -n 's/.*"access_token":"\([^"]*\)".*/\1/p')
[ -n "$token" ] || { echo "token gave no access token" >&2; exit 1; }
me=$(bash -c "${lines[2]/<access_token>/$token}" 2>/dev/null)
[ "$me" = '{"id":1,"username":"testuser","email":"test@example.com"}' ] || { echo "me answered: $me" >&2; exit 1; }
grep -q 'http://127.0.0.1:8000/docs' "$folder/log" || { echo "the start does not print where the documentation is" >&2; exit 1; }

# A second start installs nothing and finds everything again.
stop
(cd "$folder/clone" && exec npm start) >"$folder/again" 2>&1 &
server=$!
for _ in $(seq 300); do curl -sf -o /dev/null http://127.0.0.1:8000/readyz && break; sleep 0.1; done
if grep -q 'Installing' "$folder/again"; then echo "the second start installed again" >&2; exit 1; fi
[ "$(bash -c "${lines[0]}" 2>/dev/null)" = '{"detail":"Username already registered"}' ] || { echo "the account did not survive the restart" >&2; exit 1; }
echo "The README's commands work in a fresh clone, and again after a restart."
