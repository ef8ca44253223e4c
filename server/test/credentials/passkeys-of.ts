import {
  addPasskey,
  askPasskey,
  beginPasskey,
  checkPasskey,
  type PasskeyDeps,
  type PasskeySubject,
} from '../../src/credentials/passkey/passkey.method.ts'
import { passkeyStore } from '../../src/credentials/passkey/passkey.store.ts'
import { type PasskeyUse, type RelyingParty, relyingPartyOf } from '../../src/credentials/passkey/passkey.ts'
import type { Database } from '../../src/db/database.ts'
import { sha256 } from '../../src/platform/digest.ts'
import { newId } from '../../src/platform/ids.ts'
import type { People } from './people.ts'
import { type Deviation, type SoftwareAuthenticator, softwareAuthenticator } from './software-authenticator.ts'

export const browser = sha256('the browser of the person')
export const issuer = 'https://id.example.com'

const party = (): RelyingParty => {
  const made = relyingPartyOf({ issuer, name: 'Example' })
  if (made === undefined) throw new Error('The relying party is none.')
  return made
}

export type Registering = {
  readonly use?: PasskeyUse
  readonly attestation?: 'none' | 'direct'
  readonly deviation?: Deviation
  /** What is said at the end in place of what was said at the beginning. */
  readonly instead?: {
    readonly userId?: string
    readonly browser?: Uint8Array
    readonly token?: string
    readonly tenantId?: string
    readonly use?: PasskeyUse
  }
}

type Answered = PasskeySubject & {
  readonly token: string
  readonly answer: unknown
  readonly browser?: Uint8Array
  readonly tenantId?: string
}

type Options = { readonly db?: Database } & Partial<PasskeyDeps>

const depsOf = ({ nodes }: People, { db = nodes[0], ...more }: Options): PasskeyDeps => ({
  store: passkeyStore(db),
  key: Buffer.alloc(32, 9),
  relyingParty: party(),
  clock: () => Date.now(),
  ...more,
})

const registrationsOf = ({ tenantId, event }: People, deps: PasskeyDeps) => {
  const begin = (userId: string, { use = 'sign-in', attestation = 'none' }: Registering = {}) =>
    beginPasskey(deps)(tenantId, { userId, userName: 'ann@example.com', displayName: 'Ann', use, attestation, browser })

  const finish = (
    userId: string,
    { answer, token }: { answer: unknown; token: string },
    { use = 'sign-in', attestation = 'none', instead = {} }: Registering = {},
  ) => {
    const id = newId()
    const input = { userId, browser, token, answer, id, use, attestation, event: event('passkey.added', userId, { passkey: id }) }
    const { tenantId: tenant = tenantId, ...rest } = instead
    return addPasskey(deps)(tenant, { ...input, ...rest })
  }

  const register = async (userId: string, device: SoftwareAuthenticator, registering: Registering = {}) => {
    const begun = await begin(userId, registering)
    if (begun.kind !== 'begun') return begun
    const { options, token } = begun
    const asked = { challenge: options.challenge, rpId: options.rp.id, userId: options.user.id }
    return finish(userId, { answer: device.attest(asked, registering.deviation), token }, registering)
  }
  return { begin, finish, register }
}

/** Passkeys on a node, for the relying party `id.example.com`. */
export const passkeysOf = (people: People, options: Options = {}) => {
  const { tenantId, event } = people
  const deps = depsOf(people, options)
  const registrations = registrationsOf(people, deps)

  const ask = (subject: PasskeySubject) => askPasskey(deps)(tenantId, { ...subject, browser })

  const check = ({ tenantId: tenant = tenantId, ...input }: Answered) => {
    const clonedEvent = event('passkey.cloned', newId(), { passkey: newId() })
    return checkPasskey(deps)(tenant, { browser, ...input, clonedEvent })
  }

  const signIn = async (subject: PasskeySubject, device: SoftwareAuthenticator, deviation: Deviation = {}) => {
    const { options: asked, token } = await ask(subject)
    return check({ ...subject, token, answer: device.assert({ challenge: asked.challenge, rpId: asked.rpId }, deviation) })
  }

  /** A person with a passkey. */
  const join = async (registering: Registering = {}, device: SoftwareAuthenticator = softwareAuthenticator()) => {
    const userId = await people.add()
    const added = await registrations.register(userId, device, registering)
    if (added.kind !== 'added') throw new Error(`The passkey was not added: ${JSON.stringify(added)}`)
    return { userId, device, passkeyId: added.passkeyId }
  }
  return { deps, ...registrations, ask, check, signIn, join }
}
