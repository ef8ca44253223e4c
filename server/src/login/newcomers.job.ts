import { proofStore } from '../credentials/email-code/email-code.ts'
import type { HashPool, PasswordPolicy } from '../credentials/password/password.ts'
import type { Database } from '../db/database.ts'
import type { EventMaker } from '../events/events.ts'
import {
  acceptOwnInvitation,
  findInvitedPerson,
  openOrganizationInvitation,
  organizationInvitationGuard,
} from '../organizations/organizations.ts'
import {
  type Attributes,
  attributeSchemaKey,
  defaultAttributeSchema,
  invitationStore,
  type OpenInvitation,
  readAttributeSchema,
  readInvitationLink,
  registrationStore,
  type SignUpField,
  signUpFieldsOf,
  signUpProblemsOf,
} from '../users/users.ts'
import { type Guard, guardedRegistration, orGone } from './guarded-registration.store.ts'
import { invitationGuard, proofGuard } from './guards.store.ts'
import type { SignInPolicy } from './policy.ts'
import { type BeforeRegistration, createSignUp, type SignUp, type SignUpDeps, type SignUpInput, type SignUpOutcome } from './sign-up.ts'
import { createSignUpProof, type SendSignUpProof } from './sign-up-proof.ts'

type Coming = { readonly input: SignUpInput; readonly attributes: Attributes; readonly events: EventMaker }

/** Every way to an account of one's own but the first administrator's. */
export type Newcomers = {
  readonly signUp: SignUp
  /** What a sign-up on a page asks for beside names and password. */
  readonly fields: (tenantId: string) => Promise<readonly SignUpField[]>
  readonly sendProof: SendSignUpProof
  /** After the proof of the address, which is used up. */
  readonly signUpProved: (tenantId: string, coming: Coming & { readonly proofId: string }) => Promise<SignUpOutcome | 'gone'>
  /** The invitation behind a link; looking spends nothing. */
  readonly invitation: (tenantId: string, token: string) => Promise<OpenInvitation | undefined>
  /** Makes the account of whoever was invited, under every policy: the operator has decided already. */
  readonly accept: (tenantId: string, coming: Omit<Coming, 'input'> & Acceptance) => Promise<SignUpOutcome | 'gone'>
  /** Whose proved address an invitation to an organization is of, among these people. */
  readonly invitedOf: (tenantId: string, who: { readonly id: string; readonly userIds: readonly string[] }) => Promise<string | undefined>
  /** Lets a person who has an account join; false where the invitation is not live, or of another address. */
  readonly join: (tenantId: string, who: { readonly id: string; readonly userId: string; readonly events: EventMaker }) => Promise<boolean>
}

type Acceptance = { readonly token: string; readonly input: Omit<SignUpInput, 'email'> }

export type NewcomersDeps = {
  readonly db: Database
  readonly hashes: Pick<HashPool, 'hash'>
  readonly policy: PasswordPolicy
  readonly policyOf: (tenantId: string) => Promise<SignInPolicy>
  readonly readSetting: <T>(tenantId: string, key: string) => Promise<T | undefined>
  readonly codeKey: Uint8Array
  readonly messageKey: Uint8Array
  readonly issuer: string
  readonly beforeRegistration?: BeforeRegistration | undefined
}

const openSchema = ({ readSetting }: Pick<NewcomersDeps, 'readSetting'>) => {
  const schemaOf = async (tenantId: string): Promise<unknown> => (await readSetting(tenantId, attributeSchemaKey)) ?? defaultAttributeSchema
  const fields = async (tenantId: string): Promise<readonly SignUpField[]> => signUpFieldsOf(await schemaOf(tenantId))
  const checkAttributes: SignUpDeps['checkAttributes'] = async (tenantId, attributes) => {
    const schema = await schemaOf(tenantId)
    const asked = signUpFieldsOf(schema)
    // What is not asked for cannot be missing: a schema is not even compiled then.
    if (asked.length === 0) return []
    const reading = readAttributeSchema(schema)
    if (reading.kind === 'refused') throw new Error(`The stored attribute schema cannot be used. ${reading.sentence}`)
    return signUpProblemsOf(asked, reading.rules.check(attributes))
  }
  // What is missing for the sign-up page was asked before; here it counts whether each attribute is one of the schema.
  const fitsSchema = async (tenantId: string, attributes: Attributes): Promise<boolean> => {
    const reading = readAttributeSchema(await schemaOf(tenantId))
    return reading.kind === 'ok' && reading.rules.check(attributes).every(({ code }) => code === 'required')
  }
  return { fields, checkAttributes, fitsSchema }
}

/** Someone is let in by something else than the tenant's rule. */
const letIn = async () => ({ signUp: 'open', emailProof: 'never' }) as const

type Opened = { readonly token: string; readonly invited: OpenInvitation; readonly events: EventMaker }

const guardOf = (tenantId: string, { token, invited, events }: Opened): Guard => {
  if (invited.organization !== undefined) return organizationInvitationGuard(tenantId, { token, events })
  const eventOf = (userId: string) => events.make({ type: 'invitation.accepted', userId, payload: { invitation: invited.id } })
  return invitationGuard(tenantId, { token, eventOf })
}

const createAccept =
  (deps: NewcomersDeps, shared: Omit<SignUpDeps, 'store' | 'policyOf'>, invitation: Newcomers['invitation']): Newcomers['accept'] =>
  async (tenantId, { token, input, attributes, events }) => {
    const invited = await invitation(tenantId, token)
    if (invited === undefined) return 'gone'
    const store = guardedRegistration(deps.db, guardOf(tenantId, { token, invited, events }))
    const signUp = createSignUp({ ...shared, store, policyOf: letIn })
    const account = { ...input, email: invited.email }
    return orGone(signUp({ tenantId, input: account, attributes, isEmailProved: invited.isMailed, via: 'invitation', events }))
  }

/** Making accounts on a database. */
export const openNewcomers = (deps: NewcomersDeps): Newcomers => {
  const { db, hashes, policy, policyOf } = deps
  const { fields, checkAttributes, fitsSchema } = openSchema(deps)
  const { beforeRegistration } = deps
  const [names, shared] = [registrationStore(db), { hashes, policy, checkAttributes, fitsSchema, beforeRegistration }]
  const invitation: Newcomers['invitation'] = async (tenantId, token) => {
    const link = readInvitationLink(token)
    return link === undefined ? openOrganizationInvitation(tenantId, db, token) : invitationStore(db).peek(tenantId, link)
  }
  return {
    ...{ fields, invitation },
    signUp: createSignUp({ ...shared, store: names, policyOf }),
    sendProof: createSignUpProof({ ...deps, store: proofStore(db), findOwner: names.findOwner }),
    signUpProved: (tenantId, { proofId, ...coming }) => {
      const store = guardedRegistration(db, proofGuard(tenantId, proofId))
      return orGone(createSignUp({ ...shared, store, policyOf })({ ...coming, tenantId, isEmailProved: true, via: 'browser' }))
    },
    accept: createAccept(deps, shared, invitation),
    invitedOf: (tenantId, who) => findInvitedPerson(tenantId, db, who),
    join: (tenantId, who) => acceptOwnInvitation(tenantId, db, who),
  }
}
