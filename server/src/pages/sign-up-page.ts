import { type Html, html } from '../platform/html.ts'
import { button } from './button.ts'
import { field } from './field.ts'
import { form } from './form.ts'
import type { Card, Frame, Target } from './frame.ts'
import { layout } from './layout.ts'
import { fill, languageOf, type Messages } from './messages.ts'
import { outsideName } from './outside-name.ts'

export type SignUpModel = Frame &
  Target & {
    readonly client?: Card | undefined
    readonly values: { readonly username?: string | undefined; readonly email?: string | undefined }
    /** Sentences, each shown beside its field; `form` is of none of them. */
    readonly problems: {
      readonly username?: string | undefined
      readonly email?: string | undefined
      readonly password?: string | undefined
      readonly form?: string | undefined
    }
    readonly signInUrl: string
  }

/** The fields of a new account. */
export const accountFields = ({ values, problems }: Pick<SignUpModel, 'values' | 'problems'>, messages: Messages): Html => {
  const wrong = (['username', 'email', 'password'] as const).find((name) => problems[name] !== undefined) ?? 'username'
  return html`${field({
    ...{ id: 'username', name: 'username', type: 'text', label: messages.newUsername, autocomplete: 'username' },
    ...{ value: values.username, problem: problems.username, hint: messages.newUsernameHint, isFocused: wrong === 'username' },
  })}
${field({
  ...{ id: 'email', name: 'email', type: 'email', label: messages.email, autocomplete: 'email' },
  ...{ value: values.email, problem: problems.email, isFocused: wrong === 'email' },
})}
${field({
  ...{ id: 'password', name: 'password', type: 'password', label: messages.password, autocomplete: 'new-password' },
  ...{ problem: problems.password, hint: messages.newPasswordHint, isFocused: wrong === 'password' },
})}`
}

/** Asks for what an account needs. */
export const signUpPage = (model: SignUpModel): string => {
  const { messages } = languageOf(model.lang)
  const { client, problems, signInUrl } = model
  return layout(model, {
    page: 'sign-up',
    heading: messages.createAccount,
    client,
    lead: client === undefined ? messages.signUpPlain : fill(messages.continueTo, { client: outsideName(client.name) }),
    body: html`${form(
      model,
      html`${problems.form !== undefined && html`<p class="notice careful" id="form-problem" role="alert">${problems.form}</p>`}
${accountFields(model, messages)}
<div class="actions">
${button({ id: 'register-submit', name: 'action', value: 'sign-up', look: 'primary' }, messages.createAccount)}
${button({ id: 'login-cancel', name: 'action', value: 'cancel', look: 'text', isLeaving: true }, messages.cancel)}
</div>`,
    )}
<p class="aside">${messages.haveAccount} <a href="${signInUrl}">${messages.signIn}</a></p>`,
  })
}
