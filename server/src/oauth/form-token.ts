import { equalBytes, hmacSha256 } from '../platform/digest.ts'

/** What a form is bound to: the page it stands on, the flow, this browser, and the session that will act. */
export type FormBinding = {
  readonly purpose: string
  readonly flow: string
  readonly browser: string
  readonly session: string
}

const mac = (key: Uint8Array, binding: FormBinding): Buffer =>
  hmacSha256(key, JSON.stringify([binding.purpose, binding.flow, binding.browser, binding.session]))

/** The synchroniser token of a form: nobody can submit it for another browser, session, flow or page. */
export const makeFormToken = (key: Uint8Array, binding: FormBinding): string => mac(key, binding).toString('base64url')

export const isFormToken = (key: Uint8Array, binding: FormBinding, token: string | undefined): boolean =>
  token !== undefined && equalBytes(mac(key, binding), Buffer.from(token, 'base64url'))

type RequestHeaders = Readonly<Record<string, string | readonly string[] | undefined>>

/** Whether the browser says that another site sent the form. Where it says nothing, the token alone decides. */
export const isCrossSite = (headers: RequestHeaders, publicOrigin: string): boolean => {
  const site = headers['sec-fetch-site']
  if (site !== undefined) return site !== 'same-origin' && site !== 'none'
  const { origin, host } = headers
  if (origin === undefined) return false
  return origin !== publicOrigin && origin !== `http://${String(host)}` && origin !== `https://${String(host)}`
}
