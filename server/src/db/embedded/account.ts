import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { EmbeddedError, type Log, USE_OTHER_DATABASE } from './embedded-error.ts'
import type { Account } from './reach.ts'

const OWN = 'cip-postgres'
const env = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C' }

/** The account of that name in a text in the form of passwd(5). */
export const parseAccount = (passwd: string, name: string): Account | undefined => {
  const fields = passwd
    .split('\n')
    .find((line) => line.startsWith(`${name}:`))
    ?.split(':')
  const [uid, gid] = [Number(fields?.[2]), Number(fields?.[3])]
  return Number.isSafeInteger(uid) && Number.isSafeInteger(gid) && uid > 0 ? { uid, gid } : undefined
}

const readPasswd = (): string => {
  try {
    return readFileSync('/etc/passwd', 'utf8')
  } catch {
    return ''
  }
}

// Accounts from a directory service are not in the file.
const lookUp = (name: string): Account | undefined =>
  parseAccount(readPasswd(), name) ?? parseAccount(spawnSync('getent', ['passwd', name], { encoding: 'utf8', env }).stdout ?? '', name)

const create = (): string => {
  const attempts: [string, string[]][] = [
    ['useradd', ['--system', '--user-group', '--no-create-home', '--home-dir', '/nonexistent', '--shell', '/usr/sbin/nologin', OWN]],
    ['adduser', ['-S', '-D', '-H', '-s', '/sbin/nologin', OWN]],
  ]
  let detail = ''
  for (const [command, args] of attempts) {
    const outcome = spawnSync(command, args, { encoding: 'utf8', env, stdio: ['ignore', 'ignore', 'pipe'] })
    if (outcome.status === 0) return ''
    detail += `${command}: ${outcome.error?.message ?? outcome.stderr.trim()}; `
  }
  return detail
}

/** The system account that PostgreSQL runs under when we are root: our own, made when missing, or else that of a packaged PostgreSQL. */
export const serviceAccount = async (log: Log): Promise<Account> => {
  const existing = lookUp(OWN)
  if (existing) return existing
  const detail = create()
  // Another start may be adding the same account: its entry appears a moment after our attempt was refused.
  for (let attempt = 0; attempt < 10; attempt++) {
    const account = lookUp(OWN)
    if (account) {
      log({ level: 'info', msg: `PostgreSQL runs under the system user ${OWN}`, uid: account.uid })
      return account
    }
    await sleep(20)
  }
  const packaged = lookUp('postgres')
  if (packaged) return packaged
  const advice = `Start the server as an ordinary user, create a system user named ${OWN}, or ${USE_OTHER_DATABASE}.`
  throw new EmbeddedError('no-system-user', `PostgreSQL refuses to run as root. ${advice}`, detail)
}
