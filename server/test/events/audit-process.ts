// A process that writes, chains, expires and erases audit events until it is killed. Its arguments: the settings are in the environment, the first argument is
// the tenant whose events expire, the second when the test began.
import { setTimeout as sleep } from 'node:timers/promises'
import { userAdminOf } from '../../src/cli/users-base.ts'
import { openBase } from '../../src/compose.ts'
import { loadConfig } from '../../src/config/config.ts'
import { createLog } from '../../src/config/log.ts'
import { inTransaction } from '../../src/db/database.ts'
import { extendChain } from '../../src/events/chain/chain.job.ts'
import { checkpointKey } from '../../src/events/chain/checkpoint.ts'
import { erasureUpkeep } from '../../src/events/erasure.job.ts'
import { openEventKeys } from '../../src/events/event-keys.job.ts'
import { record, tendEventPartitions } from '../../src/events/events.job.ts'
import { makeEvent } from '../../src/events/events.ts'
import { eventSecrets } from '../../src/events/sealing.ts'
import { newId } from '../../src/platform/ids.ts'

const [tenantId = '', began = '0'] = process.argv.slice(2)
const config = loadConfig()
const log = createLog(config, (line) => void process.stderr.write(line))
const base = await openBase(config, { connectionString: process.env['DATABASE_URL'] ?? '' }, log)
const { db } = base
const fail = (error: unknown): never => {
  process.stderr.write(`${(error as Error).stack}\n`)
  process.exit(1)
}
const keys = await openEventKeys(db, eventSecrets(config.key), fail)
const key = checkpointKey(config.key('audit-checkpoints'))
const extend = (id: string): Promise<number> => extendChain({ db, key, origin: 'id.example.com/audit' }, id)
/** The events of the tenant expire more and more while the test runs. */
const days = (): number => Math.max(30, 120 - Math.floor((Date.now() - Number(began)) / 200))
const origin = () => ({ ip: '203.0.113.9', userAgent: 'Agent of a person/1.0', seal: keys.ofRequest().seal })

const write = async (): Promise<void> => {
  const userId = newId()
  const event = (type: 'totp.enrolled' | 'totp.removed') => makeEvent({ tenantId, type, userId, payload: {}, origin: origin() })
  await inTransaction(db, { isIdempotent: false }, (tx) => record(tx, event('totp.enrolled'), event('totp.removed')))
}
const deletePerson = async (): Promise<void> => {
  const [user] = await db.text<{ id: string; number: number }>(`insert into users (tenant_id, id) values ($1, $2) returning id, number`, [
    tenantId,
    newId(),
  ])
  if (user === undefined) throw new Error('no user was made')
  const signedIn = makeEvent({ tenantId, type: 'totp.enrolled', userId: user.id, payload: {}, origin: origin() })
  await inTransaction(db, { isIdempotent: false }, (tx) => record(tx, signedIn))
  await userAdminOf({ ...base, tenantId }).remove(user)
}
const expire = (): Promise<void> =>
  tendEventPartitions(db, {
    keptFor: async () => ({ usualSeconds: 400 * 86_400, daysOf: new Map([[tenantId, days()]]) }),
    extend,
  })
const erase = (): Promise<void> => erasureUpkeep(async () => 400 * 86_400).run(db)

const again = async (work: () => Promise<unknown>): Promise<never> => {
  for (;;) {
    await work()
    await sleep(40)
  }
}
process.stdout.write('ready\n')
await Promise.all([again(write), again(write), again(deletePerson), again(() => extend(tenantId)), again(expire), again(erase)]).catch(fail)
