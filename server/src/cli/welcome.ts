const curls = (
  url: string,
): string => `  curl -X POST ${url}/auth/register -H "Content-Type: application/json" -d '{"username":"testuser","email":"test@example.com","password":"testpass"}'
  curl -X POST ${url}/auth/token -d "username=testuser&password=testpass"
  curl ${url}/auth/me -H "Authorization: Bearer <access_token>"`

/** What a start prints for the person at the terminal; the first one shows the way to a first token. */
export const welcome = (url: string, isFirstRun: boolean): string =>
  isFirstRun
    ? `\nCustom Identity Platform is running.\n\n  Address        ${url}\n  Documentation  ${url}/docs\n\nYour first token:\n\n${curls(url)}\n\nCtrl-C stops it. Everything is kept in the data folder.\n\n`
    : `Custom Identity Platform is running at ${url} (documentation: ${url}/docs)\n`
