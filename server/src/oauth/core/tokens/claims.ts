import type { ClaimsOfPlace } from '../authorize/claims-parameter.ts'

/** Claims that each scope stands for (OpenID Connect Core section 5.4). */
export const claimsOfScope: Readonly<Record<string, readonly string[]>> = {
  profile: [
    'name',
    'family_name',
    'given_name',
    'middle_name',
    'nickname',
    'preferred_username',
    'profile',
    'picture',
    'website',
    'gender',
    'birthdate',
    'zoneinfo',
    'locale',
    'updated_at',
  ],
  email: ['email', 'email_verified'],
  address: ['address'],
  phone: ['phone_number', 'phone_number_verified'],
}

/** Names that the protocol uses itself: no mapping and no attribute can write them. */
export const reservedClaims: readonly string[] = [
  'iss',
  'sub',
  'aud',
  'exp',
  'nbf',
  'iat',
  'jti',
  'auth_time',
  'nonce',
  'acr',
  'amr',
  'azp',
  'at_hash',
  'c_hash',
  's_hash',
  'sid',
  'scope',
  'client_id',
  'cnf',
  'act',
  'may_act',
  'events',
  'grant_id',
  'typ',
  'token_type',
  'active',
  'organization',
  'organization_roles',
  '_claim_names',
  '_claim_sources',
]

/** What of a person's access can be a claim (RFC 7643 section 4.1.2). */
export type AccessClaimName = 'roles' | 'groups' | 'entitlements'

/** A claim of the tenant's own: the attribute that gives its value, or what of the person's access, and the scope that asks for it. */
export type ClaimMapping = { readonly claim: string; readonly scope: string } & (
  | { readonly attribute: string; readonly access?: never }
  | { readonly access: AccessClaimName; readonly attribute?: never }
)

export type ClaimSelection = {
  readonly scope: readonly string[]
  readonly requested: ClaimsOfPlace
  readonly mappings: readonly ClaimMapping[]
}

type Access = Readonly<Record<AccessClaimName, readonly string[]>>

const namesOf = ({ scope, requested, mappings }: ClaimSelection): ReadonlySet<string> =>
  new Set([
    ...scope.flatMap((one) => claimsOfScope[one] ?? []),
    ...mappings.filter((one) => scope.includes(one.scope)).map(({ claim }) => claim),
    ...Object.keys(requested),
  ])

/** Whether the selection names a claim of the person's access, which is then to be read. */
export const wantsAccess = (selection: ClaimSelection): boolean => {
  const names = namesOf(selection)
  return selection.mappings.some(({ claim, access }) => access !== undefined && names.has(claim))
}

const known: readonly string[] = Object.values(claimsOfScope).flat()

/** The claims that scope and `claims` parameter ask for, as far as the person has them; one that is missing is left out (OpenID Connect Core section 5.3.2). */
export const selectClaims = (
  person: Readonly<Record<string, unknown>>,
  selection: ClaimSelection,
  access?: Access,
): Readonly<Record<string, unknown>> => {
  const source = new Map(selection.mappings.map((mapping) => [mapping.claim, mapping]))
  const chosen: [string, unknown][] = []
  for (const name of namesOf(selection)) {
    if (reservedClaims.includes(name)) continue
    const mapping = source.get(name)
    const attribute = mapping?.attribute ?? (known.includes(name) ? name : undefined)
    const value = mapping?.access !== undefined ? access?.[mapping.access] : attribute === undefined ? undefined : person[attribute]
    if (value !== undefined && value !== null && value !== '') chosen.push([name, value])
  }
  return Object.fromEntries(chosen)
}
