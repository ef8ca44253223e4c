import { accountChooserPage } from '../../src/pages/account-chooser-page.ts'
import type { AttributeField } from '../../src/pages/attribute-field.ts'
import { codePage } from '../../src/pages/code-page.ts'
import { consentPage } from '../../src/pages/consent-page.ts'
import { deviceConfirmPage } from '../../src/pages/device-confirm-page.ts'
import { deviceDonePage } from '../../src/pages/device-done-page.ts'
import { devicePage } from '../../src/pages/device-page.ts'
import { enrolPage } from '../../src/pages/enrol-page.ts'
import { errorPage } from '../../src/pages/error-page.ts'
import { firstPasskeyPage, firstRunPage, nextStepsPage } from '../../src/pages/first-run-page.ts'
import { formPostPage } from '../../src/pages/form-post-page.ts'
import type { Brand, Card } from '../../src/pages/frame.ts'
import { type InboxItem, inboxMessagePage, inboxPage } from '../../src/pages/inbox-page.ts'
import { linkPage } from '../../src/pages/link-page.ts'
import { logoutPage } from '../../src/pages/logout-page.ts'
import { newPasswordPage } from '../../src/pages/new-password-page.ts'
import { outcomePage } from '../../src/pages/outcome-page.ts'
import { passkeyOfferPage } from '../../src/pages/passkey-offer-page.ts'
import { recoveryCodesPage } from '../../src/pages/recovery-codes-page.ts'
import { resetPage } from '../../src/pages/reset-page.ts'
import { signInNamePage } from '../../src/pages/sign-in-name-page.ts'
import { signInPage } from '../../src/pages/sign-in-page.ts'
import { signInWayPage } from '../../src/pages/sign-in-way-page.ts'
import { invitationPage, joinPage, signUpAddressPage, signUpClosedPage, signUpPage } from '../../src/pages/sign-up-page.ts'
import { signedOutPage } from '../../src/pages/signed-out-page.ts'

/** Values to be planted: `text` where a page shows words, `url` where it leads to an application, `ownUrl` where it leads to this server. */
export type Plant = {
  readonly text: string
  readonly url: string
  readonly ownUrl: string
  readonly redirectUri: string
  readonly lang?: string
}

export const plain: Plant = {
  text: 'word',
  url: 'https://notes.example.com/',
  ownUrl: '/path?flow=abc',
  redirectUri: 'https://notes.example.com/callback',
}

export const assets = {
  stylesheet: '/assets/pages.css',
  icon: '/assets/icon.svg',
  formPost: '/assets/form-post.js',
  logoutFrames: '/assets/logout-frames.js',
  passkey: '/assets/passkey.js',
}

const clientOf = ({ text, url, ownUrl }: Plant): Card => ({
  ...{ name: text, logoUri: ownUrl, stylesheet: ownUrl, clientUri: url, policyUri: url, tosUri: url, host: text },
})

const brandOf = ({ text, url, ownUrl }: Plant): Brand => ({
  ...{ name: text, logo: ownUrl, stylesheet: ownUrl, termsUrl: url, privacyUrl: url, helpUrl: url },
})

const partsOf = (plant: Plant) => ({
  frame: { lang: plant.lang ?? 'en', assets, brand: brandOf(plant), basePath: '/t/acme', query: `flow=${plant.text}` },
  client: clientOf(plant),
  target: { action: plant.ownUrl, hidden: { [`name${plant.text}`]: plant.text } },
  scopes: [{ name: plant.text, description: plant.text }],
})

/** One attribute of each kind, wrong and right, of a schema that says the value itself. */
const attributesOf = ({ text }: Plant): readonly AttributeField[] => {
  const kinds = ['line', 'url', 'date', 'number', 'choice', 'flag'] as const
  return [true, false].flatMap((isRequired) =>
    kinds.map((kind) => ({
      ...{ name: `${kind}-${isRequired}`, kind, isRequired, title: text, titles: {}, choices: [text], value: text },
      problem: isRequired ? text : undefined,
    })),
  )
}

const signing = (plant: Plant): Record<string, string> => {
  const { text, url, ownUrl } = plant
  const { frame, client, target } = partsOf(plant)
  const signIn = { ...frame, ...target, client, username: text, signUpUrl: ownUrl }
  const account = { id: text, name: text, email: text }
  return {
    'sign-in': signInPage(signIn),
    'sign-in, incorrect': signInPage({ ...signIn, problem: 'incorrect' }),
    'sign-in, incomplete': signInPage({ ...signIn, username: undefined, problem: 'incomplete', reason: 'second-account' }),
    'sign-in, limited': signInPage({ ...signIn, problem: 'limited', retryAfterSeconds: 40, reason: 'reauthentication' }),
    'sign-in, name': signInNamePage({ ...signIn, reason: 'second-account', problem: 'incomplete' }),
    'sign-in, name, refused': signInNamePage({ ...signIn, reason: 'reauthentication', problem: 'passkey' }),
    'sign-up': signUpPage({
      ...{ ...frame, ...target, client, signInUrl: ownUrl },
      values: { username: text, email: text },
      problems: { username: text, email: text, password: text, form: text },
    }),
    'sign-up, proved': signUpPage({
      ...{ ...frame, ...target, client, signInUrl: ownUrl, fixedEmail: 'proved', attributes: attributesOf(plant) },
      values: { username: text, email: text },
      problems: {},
    }),
    'sign-up-address': signUpAddressPage({ ...frame, ...target, client, signInUrl: ownUrl, email: text, problem: text, notice: text }),
    'sign-up-closed': signUpClosedPage({ ...frame, ...target, client, signInUrl: ownUrl, sentence: text }),
    invitation: invitationPage({
      ...{ ...frame, ...target, attributes: attributesOf(plant) },
      values: { username: text, email: text },
      problems: { form: text },
    }),
    'invitation, organization': invitationPage({
      ...{ ...frame, ...target, joining: { organization: text, signInUrl: ownUrl } },
      values: { username: text, email: text },
      problems: {},
    }),
    'invitation-join': joinPage({ ...frame, ...target, organization: text, name: text }),
    'select-account': accountChooserPage({ ...frame, ...target, client, accounts: [account, { ...account, email: undefined }] }),
    logout: logoutPage({ ...frame, ...target, client, account: text, notice: 'not-returning' }),
    'signed-out': signedOutPage({ ...frame, client, continueUrl: url, frames: [url, url], isSignedOut: true }),
    'signed-out, still in': signedOutPage({ ...frame, client, continueUrl: url, frames: [], isSignedOut: false }),
  }
}

const allowing = (plant: Plant): Record<string, string> => {
  const { text, url, redirectUri } = plant
  const { frame, client, target, scopes } = partsOf(plant)
  return {
    consent: consentPage({ ...frame, ...target, client, account: text, scopes, resources: [text], isFirstUse: true, isVouchedFor: true }),
    device: devicePage({ ...frame, ...target, userCode: text, problem: 'unknown' }),
    'device, confirm': deviceConfirmPage({ ...frame, ...target, client, account: text, userCode: text, scopes }),
    'device, connected': deviceDonePage({ ...frame, isApproved: true, client }),
    'device, denied': deviceDonePage({ ...frame, isApproved: false, client }),
    error: errorPage({
      ...{ ...frame, title: text, code: text, description: text, hint: text, requestId: text, retryUrl: url },
      details: [{ name: text, value: text }],
    }),
    'form-post': formPostPage({ ...frame, action: redirectUri, fields: { [`field${text}`]: text } }),
  }
}

const signingIn = (plant: Plant): Record<string, string> => {
  const { text, ownUrl } = plant
  const { frame, client, target } = partsOf(plant)
  const passkey = { options: { challenge: text }, token: text, use: 'get' } as const
  const named = {
    ...{ ...frame, ...target, client, passkey, username: text, nameUrl: ownUrl, resetUrl: ownUrl },
    ways: ['password', 'passkey', 'email-code'] as const,
  }
  return {
    'sign-in, with other ways': signInPage({ ...frame, ...target, client, resetUrl: ownUrl, hasMailCode: true, passkey }),
    'sign-in, passkey refused': signInPage({ ...frame, ...target, client, passkey, problem: 'passkey' }),
    'sign-in, name, with a passkey': signInNamePage({ ...frame, ...target, client, signUpUrl: ownUrl, accountUrl: ownUrl, passkey }),
    'sign-in, password': signInWayPage({ ...named, way: 'password', problem: 'incorrect', reason: 'second-account' }),
    'sign-in, password, limited': signInWayPage({ ...named, way: 'password', problem: 'limited', retryAfterSeconds: 40 }),
    'sign-in, passkey': signInWayPage({ ...named, accountUrl: ownUrl, way: 'passkey', problem: 'passkey', reason: 'reauthentication' }),
    'sign-in, mail': signInWayPage({ ...named, way: 'email-code', problem: 'expired' }),
  }
}

const firstRun = (plant: Plant): Record<string, string> => {
  const { text, ownUrl } = plant
  const { frame, target } = partsOf(plant)
  const passkey = { options: { challenge: text }, token: text, use: 'create' } as const
  return {
    'first-run': firstRunPage({ ...frame, ...target, values: { username: text }, problems: { form: text, email: text } }),
    'first-run, by either way': firstRunPage({ ...frame, ...target, values: {}, problems: {}, passkey: 'offered' }),
    'first-run, at a number': firstRunPage({
      ...frame,
      ...target,
      values: {},
      problems: {},
      passkey: { at: 'http://localhost:8000/first-run' },
    }),
    'first-run-passkey': firstPasskeyPage({
      ...{ ...frame, ...target, account: text, passkey, isRefused: true, passwordUrl: ownUrl },
    }),
  }
}

const ends = [
  'joined',
  'email-verified',
  'email-changed',
  'email-restored',
  'frozen',
  'password-saved',
  'deletion-cancelled',
  'link-gone',
] as const

const proving = (plant: Plant): Record<string, string> => {
  const { text, ownUrl } = plant
  const { frame, client, target } = partsOf(plant)
  const code = { ...frame, ...target, client, address: text, ways: [{ value: text, words: text }] }
  const passkey = { options: { challenge: text }, token: text, use: 'get' } as const
  const links = ['sign-in', 'sign-up', 'verify-email', 'change-email', 'undo-email', 'reset', 'freeze', 'cancel-deletion'] as const
  return {
    ...signingIn(plant),
    ...firstRun(plant),
    'passkey-offer': passkeyOfferPage({ ...frame, ...target, client, passkey: { ...passkey, use: 'create' }, isRefused: true }),
    'next-steps': nextStepsPage({ ...frame, issuer: text, accountUrl: ownUrl, consoleUrl: ownUrl, documentationUrl: ownUrl }),
    enrol: enrolPage({ ...frame, ...target, client, qr: { path: text, size: 33 }, key: text, uri: ownUrl, problem: 'wrong' }),
    'recovery-codes': recoveryCodesPage({ ...frame, client, codes: [text, text], continueUrl: ownUrl }),
    'second-factor, passkey': codePage({ ...code, kind: 'totp', passkey, problem: 'expired' }),
    'second-factor': codePage({ ...code, kind: 'totp', trustDays: 30, problem: 'wrong' }),
    'second-factor, recovery': codePage({ ...code, kind: 'recovery-code', problem: 'limited', retryAfterSeconds: 40 }),
    ...Object.fromEntries(
      (['email-code', 'sms-code', 'reset', 'verify-email', 'sign-up'] as const).map((kind) => [
        `code, ${kind}`,
        codePage({ ...code, kind, problem: 'gone', wasSent: true }),
      ]),
    ),
    'code, missing': codePage({ ...code, kind: 'reset', problem: 'missing' }),
    reset: resetPage({ ...frame, ...target, client, username: text, signInUrl: ownUrl, isMissing: true, passkey, isPasskeyRefused: true }),
    'new-password': newPasswordPage({
      ...frame,
      ...target,
      client,
      account: text,
      problem: text,
      places: [{ device: text, unusedSeconds: 90, isHere: false }],
      placesTotal: 3,
    }),
    ...Object.fromEntries(links.map((kind) => [`link, ${kind}`, linkPage({ ...frame, ...target, kind })])),
    ...Object.fromEntries(ends.map((kind) => [`outcome, ${kind}`, outcomePage({ ...frame, kind, continueUrl: ownUrl })])),
  }
}

const developing = ({ text, url }: Plant): Record<string, string> => {
  const message: InboxItem = {
    ...{ id: text, tenant: text, channel: text, to: text, template: text, state: text, error: text, createdAt: '2026-01-31T12:00:00Z' },
    ...{ subject: text, text, html: text, code: text, link: url },
  }
  return {
    inbox: inboxPage({ assets, messages: [message, { ...message, code: undefined }] }),
    'inbox-message': inboxMessagePage({ assets, message }),
  }
}

/** Every page, with the same value in every place that takes one. The part of a name before the comma is its `data-page`. */
export const pagesWith = (plant: Plant): Record<string, string> => ({
  ...signing(plant),
  ...allowing(plant),
  ...proving(plant),
  ...developing(plant),
})
