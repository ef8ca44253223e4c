import { pino } from 'pino'
import type { Config } from './config.ts'

export type Logger = ReturnType<typeof createLog>

const patterns: readonly (readonly [RegExp, string])[] = [
  [/cip_[a-z]+_[A-Za-z0-9_-]{16,}/g, '[token]'],
  [/eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*/g, '[token]'],
  [/(:\/\/[^:/?#\s"]*:)[^@/\s"]+@/g, '$1[secret]@'],
  [/\$(argon2(id|i|d)|2[abxy]|scrypt|pbkdf2[a-z0-9-]*)\$[^\s"]+/g, '[hash]'],
]

/** The last net: whatever looks like a credential leaves the line, wherever it came from. */
export const scrub = (line: string): string => patterns.reduce((text, [form, name]) => text.replace(form, name), line)

const secretNames = [
  'password',
  'secret',
  'authorization',
  'cookie',
  'access_token',
  'refresh_token',
  'encoded',
  'client_secret',
  'databaseUrl',
  'databaseOwnerUrl',
  'connectionString',
]
const redact = { paths: secretNames.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: '[secret]' }

type ErrorFields = {
  readonly name?: string
  readonly message?: string
  readonly code?: unknown
  readonly stack?: string
  readonly cause?: unknown
}

const errorFields = (error: unknown, depth = 0): unknown => {
  if (typeof error !== 'object' || error === null) return error
  const { name, message, code, stack, cause } = error as ErrorFields
  return {
    name,
    message,
    code,
    ...(depth === 0 ? { stack } : {}),
    ...(cause === undefined || depth > 2 ? {} : { cause: errorFields(cause, depth + 1) }),
  }
}

const levelNames: Record<number, string> = { 10: 'trace', 20: 'debug', 30: 'info', 40: 'warn', 50: 'error', 60: 'fatal' }
const hidden = new Set(['level', 'time', 'msg', 'pid'])

const textLine = (line: string): string => {
  const record: Record<string, unknown> = JSON.parse(line)
  const fields = Object.entries(record).filter(([name, value]) => !hidden.has(name) && value !== undefined)
  const rest = fields.map(([name, value]) => ` ${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`).join('')
  return `${new Date(Number(record['time'])).toISOString().slice(11, 23)} ${(levelNames[Number(record['level'])] ?? '').padEnd(5)} ${String(record['msg'] ?? '')}${rest}\n`
}

/** Structured logs on standard output: JSON lines, or text on a terminal. Secrets are redacted by name and then by form. */
export const createLog = (
  config: Pick<Config, 'logLevel' | 'logFormat'>,
  write: (line: string) => void = (line) => void process.stdout.write(line),
) => {
  const isText = config.logFormat === 'text' || (config.logFormat === 'auto' && process.stdout.isTTY === true)
  const stream = { write: (line: string) => write(isText ? textLine(scrub(line)) : scrub(line)) }
  return pino({ level: config.logLevel, base: { pid: process.pid }, redact, serializers: { err: (error) => errorFields(error) } }, stream)
}
