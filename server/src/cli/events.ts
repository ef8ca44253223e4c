import { Command, InvalidArgumentError } from 'commander'
import type { Base } from '../compose.ts'
import { type EventSearch, eventSecrets, type StoredEvent, searchEvents } from '../events/search.job.ts'
import { isUuid } from '../platform/ids.ts'
import { onDatabase } from './context.ts'
import { followEvents } from './events-follow.ts'
import { group } from './groups.ts'
import { moment, wholeNumber } from './options.ts'
import { answer, plain, withExamples, withJson } from './output.ts'
import { findUser } from './user-reference.ts'
import { userAdminOf } from './users-base.ts'

type Options = {
  readonly type?: string
  readonly user?: string
  readonly since?: Date
  readonly until?: Date
  readonly limit: number
  readonly after?: EventSearch['after']
  readonly follow?: boolean
  readonly json?: boolean
}

const lineOf = ({ at, type, user_id, session_id, client_id, ip, personal_data, payload }: StoredEvent): string => {
  const subject = { user: user_id, session: session_id, client: client_id, ip: personal_data === 'erased' ? 'erased' : ip }
  const known = Object.entries(subject).flatMap(([name, value]) => (value === null ? [] : [`${name}=${value}`]))
  const details = Object.entries(payload).map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
  return plain(`${at}  ${type.padEnd(18)}  ${[...known, ...details].join(' ')}`)
}

// A deleted user has no name any more, but its events still have its id.
const userIdOf = async (base: Base, text: string | undefined): Promise<string | undefined> =>
  text === undefined || isUuid(text) ? text : (await findUser(userAdminOf(base), text)).id

const cursor = (text: string): EventSearch['after'] => {
  const [at = '', id = ''] = text.split('_')
  if (isUuid(id) && /^\d{4}-\d\d-\d\dT[\d:.]{8,15}Z$/.test(at)) return { at, id }
  throw new InvalidArgumentError('Give the cursor that the page before told.')
}

const readEvents = ({ config, db, tenantId }: Base, wanted: EventSearch): Promise<StoredEvent[]> =>
  searchEvents(tenantId, { sql: db, secrets: eventSecrets(config.key) }, wanted)

const search = ({ json = false, limit, type, since, until, user, after }: Options): Promise<void> =>
  onDatabase(async (base) => {
    const filter = { type, since, until, userId: await userIdOf(base, user), after }
    const events = await readEvents(base, { ...filter, limit, order: 'newest' })
    const last = events.at(-1)
    const next = events.length === limit && last !== undefined ? `${last.at}_${last.id}` : null
    const more = next === null ? [] : ['', `More: --after ${next}`]
    answer(json, { events, next }, () => (events.length === 0 ? ['No events.'] : [...events.map(lineOf), ...more]))
  })

const print =
  (isJson: boolean) =>
  (event: StoredEvent): void =>
    void process.stdout.write(`${isJson ? JSON.stringify(event) : lineOf(event)}\n`)

const tail = ({ json = false, limit, type, since, until, user, follow = false }: Options): Promise<void> =>
  onDatabase(async (base) => {
    const filter = { type, since, until, userId: await userIdOf(base, user) }
    const latest = await readEvents(base, { ...filter, limit, order: 'newest' })
    latest.reverse().forEach(print(json))
    if (!follow) return
    await followEvents({
      read: (input) => readEvents(base, { ...filter, ...input, order: 'oldest' }),
      latest,
      print: print(json),
    })
  })

const withFilters = (command: Command, limit: number): Command =>
  withJson(command)
    .option('--type <type>', 'only events of this type (docs/events.md)')
    .option('--user <user>', 'only events of this user: user name, e-mail address, number or UUID')
    .option('--since <time>', 'not before: a time, or a duration such as 1h', moment)
    .option('--until <time>', 'before: a time, or a duration such as 1h', moment)
    .option('--limit <number>', 'how many, at most 1000', wholeNumber(1, 1000), limit)

export const eventsCommand = (program: Command): void =>
  group(program, {
    name: 'events',
    description: 'read the audit events',
    children: [
      withExamples(
        withFilters(new Command('search').description('events that fit, the newest first'), 50)
          .option('--after <cursor>', 'go on where the page before says', cursor)
          .action(search),
        'events search --type sign_in.refused --since 1h',
        'events search --user alice --limit 20 --json',
      ),
      withExamples(
        withFilters(new Command('tail').description('the latest events, the newest last; with --json one object per line'), 20)
          .option('--follow', 'go on with new events as they come, until Ctrl-C')
          .action(tail),
        'events tail',
        'events tail --follow --type sign_in.refused',
      ),
    ],
  })
