import { type Html, html } from '../platform/html.ts'
import { type AttributeField, attributeField } from './attribute-field.ts'
import { button } from './button.ts'
import { field, fixedField } from './field.ts'
import { form } from './form.ts'
import type { Card, Frame, Target } from './frame.ts'
import { layout } from './layout.ts'
import { fill, languageOf, type Messages } from './messages.ts'
import { notice } from './notice.ts'
import { outsideName } from './outside-name.ts'

/** The fields of a new account, with what was typed and what is wrong with it. */
export type AccountFields = {
  readonly values: { readonly username?: string | undefined; readonly email?: string | undefined }
  /** Sentences, each shown beside its field; `form` is of none of them. */
  readonly problems: {
    readonly username?: string | undefined
    readonly email?: string | undefined
    readonly password?: string | undefined
    readonly form?: string | undefined
  }
  /** What is asked for beside them. */
  readonly attributes?: readonly AttributeField[]
  /** Why the address stands already and cannot be changed: it was proved, or invited. */
  readonly fixedEmail?: 'proved' | 'invited' | undefined
}

export type SignUpModel = Frame &
  Target &
  AccountFields & {
    readonly client?: Card | undefined
    readonly signInUrl: string
  }

const names = ['username', 'email', 'password'] as const

const emailField = ({ values, problems, fixedEmail }: AccountFields, messages: Messages, isFocused: boolean): Html => {
  const one = { id: 'email', label: messages.email, value: values.email, problem: problems.email }
  if (fixedEmail !== undefined)
    return fixedField({ ...one, hint: { proved: messages.emailConfirmed, invited: messages.invitedAddress }[fixedEmail] })
  return field({ ...one, name: 'email', type: 'email', autocomplete: 'email', isFocused })
}

/** Draws them; an address that stands already comes first. */
export const accountFields = (model: AccountFields, lang: string): Html => {
  const { messages } = languageOf(lang)
  const { values, problems, attributes = [], fixedEmail } = model
  const wrongName = names.find((name) => problems[name] !== undefined)
  const wrong = wrongName ?? attributes.find(({ problem }) => problem !== undefined)?.name ?? 'username'
  const email = emailField(model, messages, wrong === 'email' && fixedEmail === undefined)
  return html`${problems.form !== undefined && html`<p class="notice careful" id="form-problem" role="alert">${problems.form}</p>`}
${fixedEmail && email}
${field({
  ...{ id: 'username', name: 'username', type: 'text', label: messages.newUsername, autocomplete: 'username' },
  ...{ value: values.username, problem: problems.username, hint: messages.newUsernameHint },
  isFocused: wrong === 'username' || (wrong === 'email' && fixedEmail !== undefined),
})}
${fixedEmail === undefined && email}
${field({
  ...{ id: 'password', name: 'password', type: 'password', label: messages.password, autocomplete: 'new-password' },
  ...{ problem: problems.password, hint: messages.newPasswordHint, isFocused: wrong === 'password' },
})}
${attributes.map((one) => html`${attributeField({ ...one, isFocused: wrongName === undefined && wrong === one.name }, lang)}\n`)}`
}

/** Asks for what an account needs. */
export const signUpPage = (model: SignUpModel): string => {
  const { messages } = languageOf(model.lang)
  const { client, signInUrl } = model
  return layout(model, {
    page: 'sign-up',
    heading: messages.createAccount,
    client,
    lead: client === undefined ? messages.signUpPlain : fill(messages.continueTo, { client: outsideName(client.name) }),
    body: html`${form(
      model,
      html`${accountFields(model, model.lang)}
<div class="actions">
${button({ id: 'register-submit', name: 'action', value: 'sign-up', look: 'primary' }, messages.createAccount)}
${button({ id: 'login-cancel', name: 'action', value: 'cancel', look: 'text', isLeaving: true }, messages.cancel)}
</div>`,
    )}
<p class="aside">${messages.haveAccount} <a href="${signInUrl}">${messages.signIn}</a></p>`,
  })
}

export type SignUpAddressModel = Frame &
  Target & {
    readonly client?: Card | undefined
    readonly email?: string | undefined
    readonly problem?: string | undefined
    readonly notice?: string | undefined
    readonly signInUrl: string
  }

/** Asks for the address alone, where it is proved before there is an account. */
export const signUpAddressPage = (model: SignUpAddressModel): string => {
  const { messages } = languageOf(model.lang)
  const { client, email, problem, signInUrl } = model
  return layout(model, {
    page: 'sign-up-address',
    heading: messages.createAccount,
    client,
    lead: messages.signUpAddressLead,
    body: html`${model.notice && html`<p class="notice careful" id="form-problem" role="alert">${model.notice}</p>`}
${form(
  model,
  html`${field({
    ...{ id: 'email', name: 'email', type: 'email', label: messages.email, autocomplete: 'email' },
    ...{ value: email, problem, isFocused: true },
  })}
<div class="actions">
${button({ id: 'address-submit', name: 'action', value: 'address', look: 'primary' }, messages.continue)}
${button({ id: 'login-cancel', name: 'action', value: 'cancel', look: 'text', isLeaving: true }, messages.cancel)}
</div>`,
)}
<p class="aside">${messages.haveAccount} <a href="${signInUrl}">${messages.signIn}</a></p>`,
  })
}

export type SignUpClosedModel = Frame &
  Target & { readonly client?: Card | undefined; readonly sentence: string; readonly signInUrl: string }

/** Nobody makes an account here by themselves: nothing is asked for that would be refused. */
export const signUpClosedPage = (model: SignUpClosedModel): string => {
  const { messages } = languageOf(model.lang)
  const { client, sentence, signInUrl } = model
  return layout(model, {
    page: 'sign-up-closed',
    heading: messages.createAccount,
    client,
    body: html`${notice('plain', sentence)}
${form(
  model,
  html`<div class="actions">
${button({ id: 'login-cancel', name: 'action', value: 'cancel', isLeaving: true }, messages.cancel)}
</div>`,
)}
<p class="aside">${messages.haveAccount} <a href="${signInUrl}">${messages.signIn}</a></p>`,
  })
}

export type InvitationModel = Frame &
  Target &
  AccountFields & {
    /** What it lets the person join besides, and where somebody who has an account signs in. */
    readonly joining?: { readonly organization: string; readonly signInUrl: string } | undefined
  }

const joiningLead = (organization: string, messages: Messages): Html =>
  fill(messages.invitedTo, { organization: outsideName(organization) })

/** Behind the link of an invitation: the address stands, the rest is asked for. */
export const invitationPage = (model: InvitationModel): string => {
  const { messages } = languageOf(model.lang)
  const { joining } = model
  return layout(model, {
    page: 'invitation',
    heading: messages.invited,
    lead: joining === undefined ? messages.invitedLead : html`${joiningLead(joining.organization, messages)} ${messages.invitedLead}`,
    body: html`${form(
      model,
      html`${accountFields({ ...model, fixedEmail: 'invited' }, model.lang)}
<div class="actions">
${button({ id: 'register-submit', look: 'primary' }, messages.createAccount)}
</div>`,
    )}
${joining && html`<p class="aside">${messages.haveAccount} <a href="${joining.signInUrl}">${messages.signIn}</a>. ${messages.invitedAgain}</p>`}`,
  })
}

export type JoinModel = Frame & Target & { readonly organization: string; readonly name: string }

/** The same for somebody who is signed in to the account of the invited address: one button. */
export const joinPage = (model: JoinModel): string => {
  const { messages } = languageOf(model.lang)
  return layout(model, {
    page: 'invitation-join',
    heading: messages.invited,
    lead: html`${joiningLead(model.organization, messages)} ${fill(messages.joinAs, { name: outsideName(model.name) })}`,
    body: form(
      model,
      html`<div class="actions">
${button({ id: 'join-submit', look: 'primary' }, messages.join)}
</div>`,
    ),
  })
}
