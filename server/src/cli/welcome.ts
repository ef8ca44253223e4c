import type { FirstSteps } from './first-steps.ts'

const curls = (
  url: string,
): string => `  curl -X POST ${url}/auth/register -H "Content-Type: application/json" -d '{"username":"testuser","email":"test@example.com","password":"testpass"}'
  curl -X POST ${url}/auth/token -d "username=testuser&password=testpass"
  curl ${url}/auth/me -H "Authorization: Bearer <access_token>"`

const claimLine = (url: string, claim: string | undefined): string =>
  claim === undefined
    ? ''
    : `  Administrator  ${url}/first-run?token=${claim}\n                 (makes the first administrator; works once, for a day)\n`

/** What a start prints for the person at the terminal; the first one shows the way to a first token. */
export const welcome = (url: string, { isNew, claim }: FirstSteps): string =>
  isNew
    ? `\nCustom Identity Platform is running.\n\n  Address        ${url}\n  Console        ${url}/console\n  Documentation  ${url}/docs\n${claimLine(url, claim)}\nYour first token:\n\n${curls(url)}\n\nCtrl-C stops it. Everything is kept in the data folder.\n\n`
    : `Custom Identity Platform is running at ${url} (console: ${url}/console, documentation: ${url}/docs)\n${claimLine(url, claim)}`
