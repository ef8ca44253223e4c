import { accountChooserPage } from './account-chooser-page.ts'
import { codePage } from './code-page.ts'
import { consentPage } from './consent-page.ts'
import { deviceConfirmPage } from './device-confirm-page.ts'
import { deviceDonePage } from './device-done-page.ts'
import { devicePage } from './device-page.ts'
import { enrolPage } from './enrol-page.ts'
import { errorPage } from './error-page.ts'
import type { Card, Frame } from './frame.ts'
import { linkPage } from './link-page.ts'
import { logoutPage } from './logout-page.ts'
import { languageOf } from './messages.ts'
import { newPasswordPage } from './new-password-page.ts'
import { outcomePage } from './outcome-page.ts'
import { passkeyOfferPage } from './passkey-offer-page.ts'
import { recoveryCodesPage } from './recovery-codes-page.ts'
import { resetPage } from './reset-page.ts'
import { scopesInWords } from './scope-words.ts'
import { signInNamePage } from './sign-in-name-page.ts'
import { signInPage } from './sign-in-page.ts'
import { signInWayPage } from './sign-in-way-page.ts'
import { signUpPage } from './sign-up-page.ts'
import { signedOutPage } from './signed-out-page.ts'

export type PreviewModel = Frame & {
  readonly client: Card
  /** What an authenticator app would scan: dark modules on a light ground. */
  readonly qr: { readonly path: string; readonly size: number }
}

const nowhere = { action: '', hidden: {} }
const account = 'maria'
const passkey = { options: {}, token: '', use: 'get' } as const
const signIn = { ...nowhere, passkey, signUpUrl: '#', resetUrl: '#', hasMailCode: true }
const named = {
  ...{ ...nowhere, passkey, username: 'maria@example.com', nameUrl: '#', resetUrl: '#' },
  ways: ['password', 'passkey', 'email-code'] as const,
}
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
  'sign-in': (model) => signInPage({ ...model, ...signIn }),
  'sign-in-wrong': (model) => signInPage({ ...model, ...signIn, username: account, problem: 'incorrect' }),
  'sign-in-name': (model) => signInNamePage({ ...model, ...signIn }),
  'sign-in-password': (model) => signInWayPage({ ...model, ...named, way: 'password' }),
  'sign-in-passkey': (model) => signInWayPage({ ...model, ...named, way: 'passkey' }),
  'sign-in-passkey-alone': (model) => signInWayPage({ ...model, ...named, ways: ['passkey'], way: 'passkey', accountUrl: '#' }),
  'sign-in-mail': (model) => signInWayPage({ ...model, ...named, way: 'email-code' }),
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
  enrol: (model) => enrolPage({ ...model, ...nowhere, key: 'JBSW Y3DP EHPK 3PXP', uri: '#' }),
  'recovery-codes': (model) =>
    recoveryCodesPage({ ...model, codes: Array.from({ length: 10 }, () => '7ZK3-9D0M-XR4T-H2CB'), continueUrl: '#' }),
  'passkey-offer': (model) => passkeyOfferPage({ ...model, ...nowhere, passkey: { ...passkey, use: 'create' } }),
  code: (model) => codePage({ ...model, ...nowhere, kind: 'email-code', address: 'maria@example.com', ways: [] }),
  reset: (model) => resetPage({ ...model, ...nowhere, passkey, signInUrl: '#' }),
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
