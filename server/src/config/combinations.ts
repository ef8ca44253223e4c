import { isLoopbackHost } from '../platform/network.ts'
import type { Settings } from './settings.ts'

type Input = Settings & { readonly isTest: boolean; readonly isProduction: boolean }

const knownSecrets = /^(change[-_ ]?me|secret|password|your[-_ ]?secret[-_ ]?key|default|example|test|dev|insecure|supersecret)/i

const weakSecret = (secret: string): string | undefined => {
  if (knownSecrets.test(secret)) return 'SECRET_KEY is a well-known default. Make one with: openssl rand -base64 48'
  if (secret.length < 32) return 'SECRET_KEY is shorter than 32 characters. Make one with: openssl rand -base64 48'
  if (new Set(secret).size < 10) return 'SECRET_KEY repeats too few characters to be random. Make one with: openssl rand -base64 48'
  return undefined
}

const rules: readonly ((config: Input) => string | undefined)[] = [
  ({ publicUrl }) =>
    publicUrl?.startsWith('http:') && !isLoopbackHost(new URL(publicUrl).hostname)
      ? 'PUBLIC_URL is http on an address that others can reach: passwords and tokens would travel in the clear. Use https, with a reverse proxy in front (docs/deploy.md).'
      : undefined,
  ({ hosts, databaseUrl }) =>
    hosts > 1 && databaseUrl === undefined
      ? 'CIP_HOSTS is more than one, but the embedded database serves one host only. Set DATABASE_URL to a PostgreSQL that all hosts share.'
      : undefined,
  ({ hosts, secretKey }) =>
    hosts > 1 && secretKey === undefined
      ? 'CIP_HOSTS is more than one, but each host would make its own secret. Set the same SECRET_KEY (or SECRET_KEY_FILE) on all of them.'
      : undefined,
  ({ secretKey }) => (secretKey === undefined ? undefined : weakSecret(secretKey)),
  ({ refreshTokenIdleTtl, refreshTokenTtl }) =>
    refreshTokenIdleTtl > refreshTokenTtl
      ? 'CIP_REFRESH_TOKEN_IDLE_TTL is longer than CIP_REFRESH_TOKEN_TTL. Lower the first or raise the second.'
      : undefined,
  ({ sessionIdleTtl, sessionTtl }) =>
    sessionIdleTtl > sessionTtl ? 'CIP_SESSION_IDLE_TTL is longer than CIP_SESSION_TTL. Lower the first or raise the second.' : undefined,
  ({ accessTokenTtl, refreshTokenTtl }) =>
    accessTokenTtl > refreshTokenTtl
      ? 'CIP_ACCESS_TOKEN_TTL is longer than CIP_REFRESH_TOKEN_TTL. Lower the first or raise the second.'
      : undefined,
  ({ lockAfter, disablePasswordAfter }) =>
    lockAfter > disablePasswordAfter
      ? 'CIP_LOCK_AFTER is more than CIP_DISABLE_PASSWORD_AFTER. Lower the first or raise the second.'
      : undefined,
  ({ port, managementPort, host, managementHost }) =>
    port !== 0 && port === managementPort && host === managementHost
      ? 'PORT and CIP_MANAGEMENT_PORT are the same. Change one of them.'
      : undefined,
  ({ trustedProxies }) =>
    trustedProxies.some((network) => network.endsWith('/0'))
      ? 'TRUSTED_PROXIES believes everybody. Name the addresses of your reverse proxies.'
      : undefined,
  ({ failpoint, isTest }) =>
    failpoint !== undefined && !isTest ? 'CIP_FAILPOINT breaks the server on purpose and is for tests only. Remove it.' : undefined,
  ({ devInbox, isProduction }) =>
    devInbox && isProduction
      ? 'CIP_DEV_INBOX shows every code and link that is sent, and NODE_ENV is production. Remove one of them.'
      : undefined,
  ({ smsWebhookUrl, smsWebhookSecret }) =>
    (smsWebhookUrl === undefined) === (smsWebhookSecret === undefined)
      ? undefined
      : 'CIP_SMS_WEBHOOK_URL and CIP_SMS_WEBHOOK_SECRET belong together. Set both or neither.',
]

/** Settings that are fine one by one and dangerous together. */
export const unsafeCombinations = (config: Input): string[] => rules.flatMap((rule) => rule(config) ?? [])
