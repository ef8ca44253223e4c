import { Command, InvalidArgumentError, Option } from 'commander'
import { isMethodName, methods } from '../login/login.ts'
import type { OrganizationPolicy } from '../organizations/organizations.ts'
import type { PolicyOutcome } from '../organizations/policy.job.ts'
import { parseDuration, printDuration } from '../platform/duration.ts'
import { CliError } from './errors.ts'
import { collect, findOrganization, onOrganizations } from './organizations-base.ts'
import { answer, facts, withExamples, withJson } from './output.ts'

/** As the tenant has it. */
const any = 'any'

type Options = {
  readonly json?: boolean
  readonly secondFactor?: OrganizationPolicy['secondFactor']
  readonly session?: number | typeof any
  readonly method?: readonly string[]
}

const sessionOf = (text: string): number | typeof any => {
  if (text === any) return any
  const seconds = parseDuration(text)
  if (seconds !== undefined && seconds >= 300 && seconds <= 2_592_000) return seconds
  throw new InvalidArgumentError('Give a duration from 5m to 30d, or any.')
}

const methodOf = (text: string, before: readonly string[] = []): readonly string[] => {
  if (text === any || isMethodName(text)) return collect(text, before)
  throw new InvalidArgumentError(`Use ${methods.map(({ name }) => name).join(', ')}, or any.`)
}

const lines = ({ secondFactor, sessionSeconds, methods: counting }: OrganizationPolicy): string[] =>
  facts([
    ['second factor', secondFactor === 'required' ? 'of everybody' : 'as the tenant has it'],
    ['sign in again', sessionSeconds === null ? 'as the tenant has it' : `after ${printDuration(sessionSeconds)}`],
    ['ways that count', counting?.join(', ') ?? 'all that the tenant has'],
  ])

const problem = (outcome: Exclude<PolicyOutcome, { kind: 'done' }>): CliError => {
  switch (outcome.kind) {
    case 'method-off':
      return new CliError(`The tenant does not offer ${outcome.methods.join(', ')}. See: cip sign-in show`)
    case 'no-way-in':
      return new CliError('Nobody could sign in: name at least one of password, passkey and email-code that the tenant offers.')
    case 'no-second-factor':
      return new CliError('Nobody could give a second factor: name passkey, or one more method that can be given beside the first.')
    default:
      return new CliError('The policy was not changed: the organization is not there any more.')
  }
}

const changed = (before: OrganizationPolicy, { secondFactor, session, method }: Options): OrganizationPolicy => ({
  secondFactor: secondFactor ?? before.secondFactor,
  sessionSeconds: session === undefined ? before.sessionSeconds : session === any ? null : session,
  methods: method === undefined ? before.methods : method.includes(any) ? null : [...new Set(method)],
})

/** Shows what an organization demands, and changes what an option names. */
export const organizationsPolicy = (): Command =>
  withExamples(
    withJson(
      new Command('policy')
        .description('show or change what an organization demands of a sign-in')
        .argument('<organization>', 'slug or id'),
    )
      .addOption(new Option('--second-factor <when>', 'whether everybody needs one').choices(['off', 'required']))
      .option('--session <duration>', 'how long ago the sign-in may be, 5m to 30d; any: as long as the session lasts', sessionOf)
      .option('--method <method>', 'a method that counts; again for more; any: all that the tenant has', methodOf)
      .action((text: string, { json = false, ...options }: Options) =>
        onOrganizations(async (at) => {
          const { id: organizationId } = await findOrganization(at, text)
          const { policy: before, version } = await at.policies.find(organizationId)
          const policy = changed(before, options)
          const isChange = Object.keys(options).length > 0
          const input = { organizationId, policy, session: undefined, version: String(version) }
          const outcome = isChange ? await at.policies.change(at.acting, input) : { kind: 'done' as const, policy, version }
          if (outcome.kind !== 'done') throw problem(outcome)
          const { secondFactor, sessionSeconds, methods: counting } = outcome.policy
          const shown = { second_factor: secondFactor, session_seconds: sessionSeconds, methods: counting, version: outcome.version }
          answer(json, shown, () => lines(outcome.policy))
        }),
      ),
    'organizations policy acme',
    'organizations policy acme --second-factor required --session 8h --method password --method passkey --method totp',
    'organizations policy acme --session any --method any',
  )
