#!/usr/bin/env bash
# Starts a server of its own and lets schemathesis look for answers that /openapi.json does not announce.
set -euo pipefail
cd "$(dirname "$0")/.."
version=${SCHEMATHESIS_VERSION:-4.32.5}
venv=${SCHEMATHESIS_VENV:-.venv/schemathesis-$version}
[ -x "$venv/bin/schemathesis" ] || { python3 -m venv "$venv"; "$venv/bin/pip" install --quiet --disable-pip-version-check "schemathesis==$version"; }

folder=$(mktemp -d); chmod 711 "$folder"
: >"$folder/log"
node_binary=node_modules/node/bin/node
env DATA_DIR="$folder/data" PORT=0 CIP_MANAGEMENT_PORT=0 CIP_LOG_FORMAT=json CIP_FAILURES_PER_ADDRESS=1000000 CIP_LIMIT_SIGN_IN=1000000 CIP_LIMIT_REGISTER=1000000 \
  "$node_binary" server/src/main.ts serve >"$folder/log" 2>&1 &
server=$!
finish() { kill -TERM "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; rm -rf "$folder"; }
trap finish EXIT
for _ in $(seq 200); do
  port=$(sed -n 's/.*"port":\([0-9]*\).*"msg":"listening".*/\1/p' "$folder/log")
  [ -n "$port" ] && break
  kill -0 "$server" || { cat "$folder/log"; exit 1; }
  sleep 0.1
done
url=http://127.0.0.1:$port
curl -sf -X POST "$url/auth/register" -H 'content-type: application/json' -d '{"username":"schema","email":"schema@example.com","password":"correct horse"}' >/dev/null
token=$(curl -sf -X POST "$url/auth/token" -d 'username=schema&password=correct horse' | sed -n 's/.*"access_token":"\([^"]*\)".*/\1/p')
ask() { "$venv/bin/schemathesis" run "$url/openapi.json" --url "$url" --seed 1 --continue-on-failure --no-color "$@"; }
# Left out: the end of the session itself.
ask --header "Authorization: Bearer $token" --exclude-path /auth/logout --exclude-path-regex '^/admin/v1/' --max-examples "${SCHEMATHESIS_EXAMPLES:-40}" --checks all
# Nobody gets into the admin API by such a token, whatever is asked: each kind of input once is enough. Left out: the export of events, whose small budget the requests of
# nobody use up, so that they are answered 429 and not 401.
ask --header "Authorization: Bearer $token" --include-path-regex '^/admin/v1/' --exclude-path /admin/v1/events/export --phases examples,coverage --checks all
# The same questions by an administrator, of reading alone: what is there is shown as the document says, and no query makes the server fail.
cip() { env DATA_DIR="$folder/data" "$node_binary" server/src/main.ts "$@"; }
cip roles give owner --user schema >/dev/null
reading=$(cip roles permissions --json | grep -o '"[a-z-]*:read"' | tr -d '"' | sort -u | sed 's/^/--permission /')
# shellcheck disable=SC2086
administrator=$(cip tokens create schema --name schema $reading --json | sed -n 's/.*"token": *"\([^"]*\)".*/\1/p')
[ -n "$administrator" ] || { echo "no token of an administrator was made" >&2; exit 1; }
ask --header "Authorization: Bearer $administrator" --include-path-regex '^/admin/v1/' --exclude-method POST --exclude-method PUT --exclude-method PATCH --exclude-method DELETE \
  --max-examples "${SCHEMATHESIS_ADMIN_EXAMPLES:-10}" --checks not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance
if grep -q '"level":50\|"level":60' "$folder/log"; then grep '"level":50\|"level":60' "$folder/log" | head; echo "the server logged errors" >&2; exit 1; fi
