import { HOTP, Secret, TOTP } from 'otpauth'

/** A new secret as the page shows it, once: as a URI for a QR code, and as a key to be typed by hand. */
export type TotpEnrolment = { readonly uri: string; readonly key: string }
export type TotpConfirmation = { readonly kind: 'confirmed' } | { readonly kind: 'failed' } | { readonly kind: 'nothing-pending' }

/** RFC 6238 with the parameters that every authenticator app expects: HMAC-SHA-1, 6 digits, steps of 30 s. */
const parameters = { algorithm: 'SHA1', digits: 6 } as const
const period = 30
/** Steps before and after the present one whose codes count (RFC 6238 section 5.2). */
const drift = 1

/** 160 bits, the length that RFC 4226 section 4 recommends. */
export const totpSecretBytes = 20

const secretOf = (bytes: Uint8Array): Secret => new Secret({ buffer: new Uint8Array(bytes).buffer })

/** The time step of `now`, in milliseconds since 1970. */
export const stepOf = (now: number): number => Math.floor(now / 1000 / period)

/** The code of a time step. */
export const totpCode = (secret: Uint8Array, step: number): string =>
  HOTP.generate({ ...parameters, secret: secretOf(secret), counter: step })

/** The six digits of what a person typed, without the spaces that apps show; undefined for anything else. */
export const readTotpCode = (answer: string): string | undefined => {
  const digits = answer.length > 32 ? '' : answer.replaceAll(/\s/g, '')
  return /^[0-9]{6}$/.test(digits) ? digits : undefined
}

/** The time step whose code this is: the present one, or one step before or after it; undefined where it is none of them. */
export const matchStep = (secret: Uint8Array, code: string, now: number): number | undefined => {
  const step = stepOf(now)
  const delta = HOTP.validate({ ...parameters, secret: secretOf(secret), token: code, counter: step, window: drift })
  return delta === null ? undefined : step + delta
}

/** The key to be typed by hand: base32 in groups of four. */
export const printTotpKey = (secret: Uint8Array): string =>
  secretOf(secret)
    .base32.match(/.{1,4}/g)
    ?.join(' ') ?? ''

// In the label a colon parts issuer and account, written as it is or percent-encoded: neither may hold one.
const labelText = (text: string): string => text.replaceAll(':', ' ').trim()

/** The `otpauth://` URI that an authenticator app reads from a QR code. */
export const totpUri = ({ secret, issuer, account }: { secret: Uint8Array; issuer: string; account: string }): string =>
  new TOTP({ ...parameters, period, secret: secretOf(secret), issuer: labelText(issuer), label: labelText(account) }).toString()
