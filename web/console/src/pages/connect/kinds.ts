import type { IconName } from '@custom-identity-platform/kit/icons.tsx'
import type { AdminBody } from '@custom-identity-platform/sdk'
import type { Messages } from '../../messages/messages.ts'

export type KindName = keyof Messages['connect']['kinds']
export type StackName = keyof Messages['connect']['stacks']

type Kind = {
  readonly icon: IconName
  readonly stacks: readonly StackName[]
  readonly hasSecret: boolean
  readonly hasRedirects: boolean
}

export const kinds: Readonly<Record<KindName, Kind>> = {
  web: { icon: 'api', stacks: ['express', 'nextjs', 'fastapi', 'go', 'other'], hasSecret: true, hasRedirects: true },
  spa: { icon: 'laptop', stacks: ['react', 'other'], hasSecret: false, hasRedirects: true },
  native: { icon: 'phone', stacks: ['other'], hasSecret: false, hasRedirects: true },
  machine: { icon: 'transfer', stacks: ['curl'], hasSecret: true, hasRedirects: false },
  device: { icon: 'external', stacks: ['device'], hasSecret: false, hasRedirects: false },
}

export const kindNames = Object.keys(kinds) as readonly KindName[]

/** The kind that an address names, where it is one. */
export const kindIn = (text: string | undefined): KindName | undefined => kindNames.find((one) => one === text)

export const stackIn = (kind: KindName, text: string | undefined): StackName =>
  kinds[kind].stacks.find((one) => one === text) ?? kinds[kind].stacks[0] ?? 'other'

type Addresses = { readonly redirects: readonly string[]; readonly postLogout: readonly string[] }

const at = (home: string, ...paths: readonly string[]): Addresses => ({
  redirects: paths.map((path) => `${home}${path}`),
  postLogout: [`${home}/`],
})

/** The addresses that the code of each stack has on the machine of its developer. */
export const usualAddresses = (kind: KindName, stack: StackName): Addresses => {
  if (!kinds[kind].hasRedirects) return { redirects: [], postLogout: [] }
  if (kind === 'native') return { redirects: ['com.example.app:/callback', 'http://127.0.0.1/callback'], postLogout: [] }
  if (stack === 'nextjs') return at('http://localhost:3000', '/api/auth/callback/cip')
  if (kind === 'spa') return at('http://127.0.0.1:5173', '/callback', '/silent')
  return stack === 'other' ? at('http://localhost:3000', '/callback') : at('http://127.0.0.1:3000', '/callback')
}

export type Draft = {
  readonly name: string
  readonly redirects: string
  readonly postLogout: string
  readonly firstParty: boolean
  readonly scope: string
}

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')

const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code'
const ofDevices = { grant_types: [deviceGrant, 'refresh_token'], response_types: [], token_endpoint_auth_method: 'none' }

export const bodyOf = (kind: KindName, { name, redirects, postLogout, firstParty, scope }: Draft): AdminBody<'post', '/clients'> => ({
  ...(kind === 'device' ? {} : { template: kind }),
  first_party: firstParty,
  metadata: {
    client_name: name.trim(),
    ...(kind === 'device' ? ofDevices : {}),
    ...(kinds[kind].hasRedirects ? { redirect_uris: linesOf(redirects) } : {}),
    ...(linesOf(postLogout).length > 0 ? { post_logout_redirect_uris: linesOf(postLogout) } : {}),
    ...(scope.trim() === '' ? {} : { scope: scope.trim() }),
  },
})
