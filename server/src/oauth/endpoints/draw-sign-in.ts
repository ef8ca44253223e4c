import { type Doors, type SignInPolicy, within } from '../../login/login.ts'
import type { PasskeyAsk } from '../../pages/passkey-block.ts'
import { signInNamePage } from '../../pages/sign-in-name-page.ts'
import { signInPage } from '../../pages/sign-in-page.ts'
import { type SignInWay, signInWayPage } from '../../pages/sign-in-way-page.ts'
import { type Flow, sealFlow } from '../flow.ts'
import type { Provider } from '../provider.ts'
import { deny, pageAddress, type Step } from './advance.ts'
import type { Interaction } from './interaction.ts'
import { knownWay } from './known-ways.ts'
import { allowedMethods } from './organization-rules.ts'
import { cardOf, pageReply } from './page-reply.ts'
import { askForPasskey } from './passkey-entry.ts'
import { isNameFirst, signInWays } from './sign-in-ways.ts'
import { stepReply } from './step-reply.ts'
import { formToken } from './visitor.ts'

export const signInPath = '/interaction/sign-in'
export const signInForm = (sealed: string) => ({ purpose: 'sign-in', flow: sealed })

type Shown = Extract<Step, { kind: 'page' }>
export type SignInProblem = {
  readonly status?: 200 | 403 | 422 | 429
  readonly problem?: 'incorrect' | 'limited' | 'incomplete' | 'expired' | 'passkey'
  readonly retryAfterSeconds?: number
}

/** Whether a person who is signed in already wants to sign in as somebody else. */
export const isOther = (fields: ReadonlyMap<string, string>): boolean => fields.get('as') === 'other'

/** The sign-in page with this flow; who wants to be somebody else stays so. */
export const signInAddress = (
  provider: Provider,
  tenantId: string,
  { flow, isOther = false }: { readonly flow: Flow; readonly isOther?: boolean | undefined },
): string => `${pageAddress(provider, 'sign-in', sealFlow(provider.keys.flow, tenantId, flow) ?? '')}${isOther ? '&as=other' : ''}`

type Drawing = {
  readonly step: Shown
  readonly policy: SignInPolicy
  /** The ways of this request, and those that the tenant has for every other. */
  readonly ways: readonly SignInWay[]
  readonly tenantWays: readonly SignInWay[]
  readonly problem: SignInProblem
  readonly passkey: PasskeyAsk | undefined
}

const reasonOf = ({ fields }: Interaction, { isReauthentication }: Shown) =>
  isOther(fields) ? ('second-account' as const) : isReauthentication ? ('reauthentication' as const) : undefined

/** Where an organization takes passkeys alone, whoever has none gets into the account by another way of the tenant and adds one there. */
const accountUrlOf = ({ basePath }: Provider, { ways, tenantWays }: Drawing): string | undefined =>
  ways.length === 1 && ways[0] === 'passkey' && tenantWays.length > 1 ? `${basePath}/account/passkeys` : undefined

/** What every form of the page has. */
const partsOf = (provider: Provider, interaction: Interaction, drawing: Drawing) => {
  const { step, problem, passkey, policy } = drawing
  const { frame, fields, sealed } = interaction
  const { client, request, isReauthentication, session } = step
  const known = isReauthentication && !isOther(fields) ? (session?.username ?? session?.email ?? undefined) : undefined
  return {
    ...frame,
    client: client && cardOf(client, frame),
    action: provider.basePath + signInPath,
    username: fields.get('username') ?? interaction.flow.named?.name ?? known ?? request?.loginHint,
    known,
    problem: problem.problem,
    retryAfterSeconds: problem.retryAfterSeconds,
    reason: reasonOf(interaction, step),
    resetUrl: pageAddress(provider, 'reset', sealed),
    passkey,
    accountUrl: accountUrlOf(provider, drawing),
    signUpUrl: client === undefined || policy.signUp !== 'open' ? undefined : pageAddress(provider, 'sign-up', sealed),
  }
}

const hiddenOf = (provider: Provider, { visitor, fields }: Interaction, sealed: string) => ({
  flow: sealed,
  form_token: formToken(provider, visitor, signInForm(sealed)),
  ...(isOther(fields) ? { as: 'other' } : {}),
})

/** The usual way to come in for whoever named an account: what this browser knows of the name, otherwise what the tenant has for everybody. */
export const usualWay = (provider: Provider, interaction: Interaction, { name, ways }: { name: string; ways: readonly SignInWay[] }) => {
  const known = knownWay(provider, interaction, name)
  return known !== undefined && ways.includes(known) ? known : (ways[0] ?? 'password')
}

type Named = { readonly name: string; readonly way: SignInWay }

/** The name that has been given, with the way to show; undefined where it is still to be asked for. */
const namedOf = (
  provider: Provider,
  interaction: Interaction,
  { ways, known, problem }: { ways: readonly SignInWay[]; known: string | undefined; problem: SignInProblem['problem'] },
): Named | undefined => {
  const { flow, fields } = interaction
  const { named } = flow
  const typed = fields.get('username')
  // A password came along with the name, as from a page that was open while the tenant changed its form.
  if (named === undefined && typed && (problem === 'incorrect' || problem === 'limited'))
    return { name: typed.slice(0, 320), way: 'password' }
  if (named !== undefined && named.way === undefined) return undefined
  const name = named?.name ?? known
  if (name === undefined) return undefined
  const way = named?.way !== undefined && ways.includes(named.way) ? named.way : usualWay(provider, interaction, { name, ways })
  return { name, way }
}

const drawNameFirst = (provider: Provider, interaction: Interaction, drawing: Drawing): string => {
  const { journey, flow, sealed } = interaction
  const { problem, ...parts } = partsOf(provider, interaction, drawing)
  const { ways } = drawing
  const named = namedOf(provider, interaction, { ways, known: parts.known, problem })
  if (named === undefined) {
    const told = problem === 'expired' || problem === 'passkey' || problem === undefined ? problem : 'incomplete'
    return signInNamePage({ ...parts, hidden: hiddenOf(provider, interaction, sealed), problem: told })
  }
  const next = sealFlow(provider.keys.flow, journey.tenantId, { ...flow, named }) ?? sealed
  const nameUrl = signInAddress(provider, journey.tenantId, {
    flow: { ...flow, named: { name: named.name } },
    isOther: isOther(interaction.fields),
  })
  const { name: username, way } = named
  return signInWayPage({ ...parts, hidden: hiddenOf(provider, interaction, next), problem, username, way, ways, nameUrl })
}

/** The application is told that the organization takes no way of signing in that there is here: a page could only ask in vain. */
const noWay = (provider: Provider, { journey, frame, requestId }: Interaction, { client, request }: Shown) => {
  if (client === undefined || request === undefined) return undefined
  const description = 'The organization takes no way of signing in that there is here.'
  const denied = deny(provider, journey, { read: { client, request }, error: 'unmet_authentication_requirements', description })
  return stepReply(denied, 303, { frame, requestId })
}

/** Draws the sign-in page in the form that the tenant has chosen. */
export const drawSignIn = async (
  provider: Provider,
  interaction: Interaction,
  { step, doors, problem = {} }: { step: Shown; doors: Doors; problem?: SignInProblem },
) => {
  const { visitor, journey, sealed } = interaction
  const tenantPolicy = await doors.progression.policyOf(journey.tenantId)
  const allowed = await allowedMethods(provider, journey)
  const policy = within(tenantPolicy, allowed)
  const passkey = policy.methods.passkey ? await askForPasskey(doors, journey.tenantId, { purpose: 'sign-in', visitor }) : undefined
  const ways = signInWays(policy, passkey !== undefined)
  const refused = allowed !== undefined && ways.length === 0 ? noWay(provider, interaction, step) : undefined
  if (refused !== undefined) return refused
  const tenantWays = signInWays(tenantPolicy, passkey !== undefined)
  const drawing = { step, policy, ways, tenantWays, problem, passkey }
  const body = isNameFirst(policy)
    ? drawNameFirst(provider, interaction, drawing)
    : signInPage({
        ...partsOf(provider, interaction, drawing),
        hidden: hiddenOf(provider, interaction, sealed),
        hasMailCode: policy.methods['email-code'],
      })
  const reply = pageReply(problem.status ?? 200, body, { cookies: visitor.cookies })
  return problem.retryAfterSeconds === undefined
    ? reply
    : { ...reply, headers: { ...reply.headers, 'retry-after': String(Math.ceil(problem.retryAfterSeconds)) } }
}
