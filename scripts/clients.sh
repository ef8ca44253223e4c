#!/usr/bin/env bash
# Signs a person in through clients in Python and Go, as docs/connect shows them, and checks access tokens in Next.js, as docs/sdk.md shows it,
# at a server of this checkout.
# Debian: apt-get install python3-venv golang-go
set -euo pipefail
cd "$(dirname "$0")/.."

work="$(mktemp -d)"
trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check --requirement e2e/connect/requirements.txt
(cd e2e/connect/go && GOFLAGS=-mod=readonly GOTOOLCHAIN=local go build -o "$work/application" .)

cp -r e2e/connect/next "$work/next"
(cd "$work/next" && npm ci --silent --ignore-scripts --no-audit --no-fund)
node_modules/node/bin/node sdk/scripts/build.mjs "$work/next/node_modules/@custom-identity-platform/sdk"

export CONNECT_NEXT="$work/next"
export CONNECT_PYTHON="$work/venv/bin/python" CONNECT_GO="$work/application" PYTHONDONTWRITEBYTECODE=1
node_modules/node/bin/node --disable-warning=ExperimentalWarning --test --test-timeout=120000 \
  e2e/connect/applications.test.ts e2e/connect/next.test.ts
