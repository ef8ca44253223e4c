import { accountChooserPage } from './account-chooser-page.ts'
import { codePage } from './code-page.ts'
import { consentPage } from './consent-page.ts'
import { deviceConfirmPage } from './device-confirm-page.ts'
import { deviceDonePage } from './device-done-page.ts'
import { devicePage } from './device-page.ts'
import { errorPage } from './error-page.ts'
import type { Card, Frame } from './frame.ts'
import { linkPage } from './link-page.ts'
import { logoutPage } from './logout-page.ts'
import { languageOf } from './messages.ts'
import { newPasswordPage } from './new-password-page.ts'
import { outcomePage } from './outcome-page.ts'
import { resetPage } from './reset-page.ts'
import { scopesInWords } from './scope-words.ts'
import { signInPage } from './sign-in-page.ts'
import { signUpPage } from './sign-up-page.ts'
import { signedOutPage } from './signed-out-page.ts'

export type PreviewModel = Frame & { readonly client: Card }

const nowhere = { action: '', hidden: {} }
const account = 'maria'
const scopes = ['openid', 'profile', 'email', 'offline_access']

const waysOf = ({ lang }: PreviewModel) => {
  const { messages } = languageOf(lang)
  return [
    { value: 'recovery-code', words: messages.wayRecovery },
    { value: 'email-code', words: messages.wayMail },
  ]
}

const placesOf = () => [
  { device: 'Firefox, Linux', unusedSeconds: 0, isHere: true },
  { device: 'Safari, iPhone', unusedSeconds: 7200, isHere: false },
  { device: undefined, unusedSeconds: 259_200, isHere: false },
]

/** Every page that can be looked at with sample data. */
const previews = {
  'sign-in': (model) => signInPage({ ...model, ...nowhere, signUpUrl: '#' }),
  'sign-in-wrong': (model) => signInPage({ ...model, ...nowhere, username: account, problem: 'incorrect', signUpUrl: '#' }),
  'sign-up': (model) => signUpPage({ ...model, ...nowhere, values: {}, problems: {}, signInUrl: '#' }),
  'select-account': (model) =>
    accountChooserPage({
      ...{ ...model, ...nowhere },
      accounts: [
        { id: '1', name: account, email: 'maria@example.com' },
        { id: '2', name: 'test', email: 'test@example.com' },
      ],
    }),
  'second-factor': (model) => codePage({ ...model, ...nowhere, kind: 'totp', ways: waysOf(model), trustDays: 30 }),
  code: (model) => codePage({ ...model, ...nowhere, kind: 'email-code', address: 'maria@example.com', ways: [] }),
  reset: (model) => resetPage({ ...model, ...nowhere, signInUrl: '#' }),
  'new-password': (model) => newPasswordPage({ ...model, ...nowhere, account, places: placesOf(), placesTotal: 3 }),
  'password-saved': (model) => outcomePage({ ...model, kind: 'password-saved', continueUrl: '#' }),
  link: (model) => linkPage({ ...model, ...nowhere, kind: 'freeze' }),
  consent: (model) =>
    consentPage({
      ...{ ...model, ...nowhere, account, scopes: scopesInWords(scopes, model.lang), resources: [] },
      ...{ isFirstUse: true, isVouchedFor: true },
    }),
  device: (model) => devicePage({ ...model, ...nowhere }),
  'device-confirm': (model) =>
    deviceConfirmPage({ ...model, ...nowhere, account, userCode: 'WDJB-MJHT', scopes: scopesInWords(scopes, model.lang) }),
  'device-connected': (model) => deviceDonePage({ ...model, isApproved: true }),
  logout: (model) => logoutPage({ ...model, ...nowhere, account }),
  'signed-out': (model) => signedOutPage({ ...model, frames: [], isSignedOut: true }),
  error: (model) => errorPage({ ...model, code: 'invalid_request', description: '', reason: 'redirect-foreign', clientId: 'sample' }),
} satisfies Record<string, (model: PreviewModel) => string>

export type PreviewName = keyof typeof previews
export const previewNames = Object.keys(previews) as readonly PreviewName[]

export const isPreviewName = (name: string | undefined): name is PreviewName => name !== undefined && Object.hasOwn(previews, name)

/** A page with sample data, marked as a preview; nothing on it can be used. */
export const previewPage = (name: PreviewName, model: PreviewModel): string => previews[name]({ ...model, isPreview: true })
