import type { MethodName } from '../../credentials/method.ts'
import type { Doors } from '../../login/login.ts'
import type { SignInWay } from '../../pages/sign-in-way-page.ts'
import { sha256Text } from '../../platform/digest.ts'
import { readIdentifier } from '../../users/users.ts'
import type { Provider } from '../provider.ts'
import { sealState, unsealState } from '../sealed-state.ts'
import type { Interaction } from './interaction.ts'
import { isNameFirst } from './sign-in-ways.ts'
import type { Visitor } from './visitor.ts'
import { waysCookie } from './visitor.ts'

/** By which way somebody signed in last in this browser. The names, as digests, are all that the account was known by. */
type KnownWay = { readonly names: readonly string[]; readonly way: SignInWay }

const kind = 'known-ways'
const accountsMax = 5
const namesMax = 4

const digestOf = (name: string): readonly string[] => {
  const identifier = readIdentifier(name)
  return identifier === undefined ? [] : [sha256Text(`${identifier.kind} ${identifier.canonical}`).slice(0, 16)]
}

const knownWays = (provider: Provider, tenantId: string, { ways }: Pick<Visitor, 'ways'>): readonly KnownWay[] =>
  unsealState<readonly KnownWay[]>(provider.keys.flow, { kind, tenantId }, ways) ?? []

/**
 * The way that this browser knows of a name: what it saw itself, never what the database holds. To anybody else's browser the name is one like any other, or
 * the page would tell who has an account, and a passkey.
 */
export const knownWay = (
  provider: Provider,
  { visitor, journey: { tenantId } }: Pick<Interaction, 'visitor' | 'journey'>,
  name: string,
): SignInWay | undefined => {
  const [digest] = digestOf(name)
  return digest === undefined ? undefined : knownWays(provider, tenantId, visitor).find(({ names }) => names.includes(digest))?.way
}

const wayOf = (methods: readonly MethodName[]): SignInWay => {
  if (methods.includes('passkey')) return 'passkey'
  return methods.includes('password') ? 'password' : 'email-code'
}

type Known = { readonly doors: Doors; readonly names: readonly (string | null)[]; readonly methods: readonly MethodName[] }

/** The cookies by which this browser remembers how somebody came in; none where the tenant's pages have no use for it. */
export const rememberWay = async (
  provider: Provider,
  { visitor, journey: { tenantId } }: Pick<Interaction, 'visitor' | 'journey'>,
  { doors, names, methods }: Known,
): Promise<readonly string[]> => {
  if (!isNameFirst(await doors.progression.policyOf(tenantId))) return []
  const digests = names.flatMap((name) => (name === null ? [] : digestOf(name)))
  const before = knownWays(provider, tenantId, visitor)
  const [same, others] = [
    before.filter((one) => one.names.some((name) => digests.includes(name))),
    before.filter((one) => !one.names.some((name) => digests.includes(name))),
  ]
  const allNames = [...new Set([...digests, ...same.flatMap((one) => one.names)])].slice(0, namesMax)
  const known: readonly KnownWay[] = [{ names: allNames, way: wayOf(methods) }, ...others].slice(0, accountsMax)
  const sealed = sealState(provider.keys.flow, { kind, tenantId }, known)
  return sealed === undefined ? [] : [waysCookie(provider, sealed)]
}
