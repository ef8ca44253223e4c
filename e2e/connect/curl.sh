set -eu
# Where the server's endpoints are.
curl -fsS "$ISSUER/.well-known/openid-configuration" > /dev/null

# A token of the service itself (RFC 6749 section 4.4). The secret goes by standard input: a command line can be read by others.
answer=$(printf 'user = "%s:%s"\n' "$CLIENT_ID" "$CLIENT_SECRET" |
  curl -fsS -K - -d grant_type=client_credentials -d scope=reports:read "$ISSUER/oauth2/token")
token=$(printf '%s' "$answer" | sed -n 's/.*"access_token":"\([^"]*\)".*/\1/p')

# What the server says of it (RFC 7662), and its end (RFC 7009).
form() { printf 'user = "%s:%s"\ndata = "token=%s"\n' "$CLIENT_ID" "$CLIENT_SECRET" "$token"; }
form | curl -fsS -K - "$ISSUER/oauth2/introspect"
echo
form | curl -fsS -K - "$ISSUER/oauth2/revoke" > /dev/null
form | curl -fsS -K - "$ISSUER/oauth2/introspect"
