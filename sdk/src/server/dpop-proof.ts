import { calculateJwkThumbprint, EmbeddedJWK, errors, type JWK, jwtVerify } from 'jose'
import { toBase64url } from '../base64url.ts'
import { memoryReplayGuard, type ReplayGuard } from './replay-guard.ts'

export type DpopOptions = {
  /** Where clients reach this API, such as `https://api.example.com`: proofs are for its addresses, whatever Host a request claims. */
  readonly origin: string
  /** Refuses tokens that are bound to no key. */
  readonly isRequired?: boolean
  /** Where the ids of proofs are spent; absent: the memory of this process. */
  readonly replay?: ReplayGuard
  /** Seconds that a proof may be old; 60. */
  readonly maxAge?: number
  readonly algorithms?: readonly string[]
  /** Nonces of your own (RFC 9449 section 9): `issue` makes the present one, `accept` knows those that still count. */
  readonly nonces?: { readonly issue: () => string; readonly accept: (nonce: string) => boolean }
}

export type Proof = {
  readonly jwt: string
  readonly method: string
  /** The path of the request; its query does not count. */
  readonly path: string
  readonly accessToken: string
  /** The thumbprint that the access token is bound to. */
  readonly boundTo: string
}

export type ProofOutcome = { readonly kind: 'good' } | { readonly kind: 'bad'; readonly why: string } | { readonly kind: 'nonce-needed' }

/** Signatures of keys that never leave a client; symmetric ones prove nothing (RFC 9449 section 4.3, step 5). */
export const dpopAlgorithms: readonly string[] = ['ES256', 'Ed25519', 'EdDSA', 'ES384', 'ES512', 'PS256', 'RS256']

const bad = (why: string): ProofOutcome => ({ kind: 'bad', why })
const jtiMax = 256

/** SHA-256 of the access token (RFC 9449 section 4.2, `ath`). */
const digestOf = async (token: string): Promise<string> =>
  toBase64url(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(token))))

// RFC 9449 section 4.3: without query and fragment, after the normalization of RFC 3986.
const addressOf = (text: unknown): string | undefined => {
  if (typeof text !== 'string' || !URL.canParse(text)) return undefined
  const { origin, pathname } = new URL(text)
  return `${origin}${pathname}`
}

const mismatch = async (claims: Readonly<Record<string, unknown>>, proof: Proof, origin: string): Promise<string | undefined> => {
  if (claims['htm'] !== proof.method) return 'it is for another method'
  const address = addressOf(claims['htu'])
  // Put together as texts: a path such as //other.example would lead a resolver to another origin, as would one that begins with anything else.
  const isAddressed = address !== undefined && proof.path.startsWith('/') && address === addressOf(`${origin}${proof.path}`)
  if (!isAddressed) return 'it is for another address'
  if (claims['ath'] !== (await digestOf(proof.accessToken))) return 'it is for another access token'
  return undefined
}

export type ProofRules = DpopOptions & { readonly clockTolerance: number; readonly now: () => Date }

/** Checks proofs that come along with access tokens (RFC 9449 section 4.3), their ids last, as a refused proof must spend nothing. */
export const proofCheck = (rules: ProofRules) => {
  const { origin, replay = memoryReplayGuard(), maxAge = 60, algorithms = dpopAlgorithms, nonces, clockTolerance, now } = rules
  if (!URL.canParse(origin) || new URL(origin).origin !== origin) throw new TypeError('dpop.origin has the form https://api.example.com')
  return async (proof: Proof): Promise<ProofOutcome> => {
    const verified = await jwtVerify(proof.jwt, EmbeddedJWK, {
      typ: 'dpop+jwt',
      algorithms: [...algorithms],
      maxTokenAge: maxAge,
      clockTolerance,
      currentDate: now(),
      requiredClaims: ['iat', 'jti'],
    }).catch((error: unknown) => {
      if (error instanceof errors.JOSEError || error instanceof TypeError || error instanceof DOMException) return undefined
      throw error
    })
    if (verified === undefined) return bad('it cannot be verified, or it is too old')
    const { payload, protectedHeader } = verified
    const thumbprint = await calculateJwkThumbprint(protectedHeader.jwk as JWK)
    if (thumbprint !== proof.boundTo) return bad('it is signed by another key than the access token is bound to')
    const problem = await mismatch(payload, proof, origin)
    if (problem !== undefined) return bad(problem)
    const { jti, nonce, iat = 0 } = payload
    if (typeof jti !== 'string' || jti === '' || jti.length > jtiMax) return bad('its id has another form')
    if (nonces !== undefined && !(typeof nonce === 'string' && nonces.accept(nonce))) return { kind: 'nonce-needed' }
    const isFirst = await replay.spend(`${thumbprint}.${jti}`, iat + maxAge + clockTolerance + 1)
    return isFirst ? { kind: 'good' } : bad('it was used before')
  }
}
