import type { Stored } from '../../parts/use-form.ts'
import { listIn, type ReadClient, textIn } from './client-parts.tsx'

const texts = {
  name: 'client_name',
  uri: 'client_uri',
  logo: 'logo_uri',
  policy: 'policy_uri',
  terms: 'tos_uri',
  backchannel: 'backchannel_logout_uri',
  initiate: 'initiate_login_uri',
  method: 'token_endpoint_auth_method',
  jwksUri: 'jwks_uri',
  scope: 'scope',
  idTokenAlg: 'id_token_signed_response_alg',
  subject: 'subject_type',
} as const
const lists = {
  contacts: 'contacts',
  redirects: 'redirect_uris',
  postLogout: 'post_logout_redirect_uris',
  resources: 'resources',
} as const
const flags = {
  requirePar: 'require_pushed_authorization_requests',
  requireSigned: 'require_signed_request_object',
  refreshWithoutOffline: 'refresh_without_offline_access',
} as const

/** The form of an application: lists of lines as one text each, so that they are typed as they are read. */
export type Draft = { readonly [K in keyof typeof texts | keyof typeof lists]: string } & {
  readonly [K in keyof typeof flags]: boolean
} & {
  readonly firstParty: boolean
  readonly grants: readonly string[]
  readonly maxAge: string
}

const mapped = <K extends string, V>(names: Readonly<Record<K, string>>, read: (member: string) => V): Record<K, V> =>
  Object.fromEntries(Object.entries<string>(names).map(([name, member]) => [name, read(member)])) as Record<K, V>

export const storedOf = ({ client, etag }: ReadClient): Stored<Draft> => ({
  draft: {
    ...mapped(texts, (member) => textIn(client, member)),
    ...mapped(lists, (member) => listIn(client, member).join('\n')),
    ...mapped(flags, (member) => client.metadata[member] === true),
    firstParty: client.first_party,
    grants: listIn(client, 'grant_types'),
    maxAge: typeof client.metadata['default_max_age'] === 'number' ? String(client.metadata['default_max_age']) : '',
  },
  etag,
})

export const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim())

const metadataOf = (draft: Draft): Readonly<Record<string, unknown>> => ({
  ...Object.fromEntries(Object.entries(texts).map(([name, member]) => [member, orNull(draft[name as keyof typeof texts])])),
  ...Object.fromEntries(
    Object.entries(lists).map(([name, member]) => {
      const lines = linesOf(draft[name as keyof typeof lists])
      return [member, lines.length === 0 ? null : lines]
    }),
  ),
  ...Object.fromEntries(Object.entries(flags).map(([name, member]) => [member, draft[name as keyof typeof flags]])),
  grant_types: [...draft.grants],
  default_max_age: draft.maxAge.trim() === '' ? null : Number(draft.maxAge),
})

const needsCode = (grants: readonly string[]): boolean => grants.includes('authorization_code')

/** Only what differs goes out: a member that stays is neither checked nor told of. */
export const bodyOf = (draft: Draft, before: Draft) => {
  const [now, then] = [metadataOf(draft), metadataOf(before)]
  const changed = Object.entries(now).filter(([member, value]) => JSON.stringify(value) !== JSON.stringify(then[member]))
  // RFC 7591 section 2: what comes back from the authorization endpoint follows from the grants.
  const isMoved = needsCode(draft.grants) !== needsCode(before.grants)
  const metadata = { ...Object.fromEntries(changed), ...(isMoved ? { response_types: needsCode(draft.grants) ? ['code'] : [] } : {}) }
  return {
    ...(draft.firstParty === before.firstParty ? {} : { first_party: draft.firstParty }),
    ...(Object.keys(metadata).length === 0 ? {} : { metadata }),
  }
}

export type Wrong = { readonly field: keyof Draft; readonly kind: 'uri' | 'fragment' | 'number'; readonly text: string }

const isRegistrable = (uri: string): boolean => {
  if (!URL.canParse(uri)) return false
  const { protocol, hostname } = new URL(uri)
  if (protocol === 'https:') return true
  return protocol === 'http:' ? ['localhost', '127.0.0.1', '[::1]'].includes(hostname) : protocol.includes('.')
}

/** What can be told before the server is asked; it checks everything again. */
export const wrongIn = (draft: Draft): readonly Wrong[] => {
  const found: Wrong[] = []
  for (const field of ['redirects', 'postLogout'] as const)
    for (const text of linesOf(draft[field])) {
      if (text.includes('#')) found.push({ field, kind: 'fragment', text })
      else if (!isRegistrable(text)) found.push({ field, kind: 'uri', text })
    }
  if (draft.maxAge.trim() !== '' && !/^\d{1,9}$/.test(draft.maxAge.trim()))
    found.push({ field: 'maxAge', kind: 'number', text: draft.maxAge })
  return found
}
