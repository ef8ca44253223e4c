import { setTimeout as sleep } from 'node:timers/promises'
import { Secret } from 'otpauth'
import { beginTotp, confirmTotp, type TotpDeps, totpCheck } from '../../src/credentials/totp/totp.method.ts'
import { totpStore } from '../../src/credentials/totp/totp.store.ts'
import { stepOf, totpCode } from '../../src/credentials/totp/totp-code.ts'
import type { Database } from '../../src/db/database.ts'
import type { People } from './people.ts'

export const key = Buffer.alloc(32, 7)
const labels = { issuer: 'Example', account: 'ann@example.com' }

/** What an authenticator app reads from the URI. */
export const secretOf = (uri: string): Uint8Array => Secret.fromBase32(new URL(uri).searchParams.get('secret') ?? '').bytes

const databaseStep = async (db: Database): Promise<{ step: number; secondsLeft: number }> => {
  const [row] = await db.text<{ seconds: number }>('select extract(epoch from now())::float8 as seconds')
  const seconds = row?.seconds ?? 0
  return { step: stepOf(seconds * 1000), secondsLeft: 30 - (seconds % 30) }
}

/** The present step of the database, at a moment when it will last a while. */
export const calmStep = async (db: Database): Promise<number> => {
  const { step, secondsLeft } = await databaseStep(db)
  if (secondsLeft > 8) return step
  await sleep(secondsLeft * 1000 + 50)
  return step + 1
}

export type App = { readonly userId: string; readonly code: (offset?: number) => Promise<string> }

/** The factor on a node, and people who have it. */
export const totpOf = (people: People, db: Database = people.nodes[0]) => {
  const deps: TotpDeps = { store: totpStore(db), key }
  const { tenantId, event } = people
  const begin = (userId: string) => beginTotp(deps)(tenantId, { userId, ...labels })
  const confirm = (userId: string, answer: string) =>
    confirmTotp(deps)(tenantId, { userId, answer, event: event('totp.enrolled', userId, {}) })
  const check = (userId: string, answer: string) => {
    const lockedEvent = event('factor.locked', userId, { method: 'totp', failures: 0, seconds: 0 })
    return totpCheck({ ...deps, lockedEvent })(tenantId, { userId, answer })
  }
  const remove = (userId: string) => deps.store.remove(tenantId, { userId, event: event('totp.removed', userId, {}) })
  const rewind = (userId: string) => db.text('update totp_factors set last_step = 0 where user_id = $1', [userId])
  const enrol = async (userId: string): Promise<App> => {
    const secret = secretOf((await begin(userId))?.uri ?? '')
    const code = async (offset = 0): Promise<string> => totpCode(secret, (await calmStep(db)) + offset)
    await confirm(userId, await code())
    await rewind(userId)
    return { userId, code }
  }
  return { deps, begin, confirm, check, remove, rewind, enrol }
}

/** Six digits that are no code of now. */
export const wrongCode = async ({ code }: App): Promise<string> => {
  const near = new Set(await Promise.all([-2, -1, 0, 1, 2].map((offset) => code(offset))))
  return ['000000', '111111', '222222', '333333', '444444', '555555'].find((one) => !near.has(one)) ?? ''
}
