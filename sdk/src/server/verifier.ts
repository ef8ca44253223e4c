import { errors, type JWTPayload, jwtVerify } from 'jose'
import { type AccessToken, accessTokenOfClaims, requireScope, requireStepUp, type StepUpDemand } from './access-token.ts'
import { type DpopOptions, dpopAlgorithms, proofCheck } from './dpop-proof.ts'
import { issuerKeys, type KeySetOptions, KeysUnavailable } from './key-set.ts'
import { type Challenged, type Refusal, refusalOf, type Scheme } from './refusal.ts'

export type VerifierOptions = KeySetOptions & {
  /** The identifier of this API: tokens for others are refused. One of several is enough. */
  readonly audience: string | readonly string[]
  /** Seconds that clocks may differ; 5. */
  readonly clockTolerance?: number
  readonly algorithms?: readonly string[]
  /** Absent: tokens that are bound to a key are refused. */
  readonly dpop?: DpopOptions
  readonly realm?: string
  /** Told why the keys of the issuer could not be fetched, for a log; requests are answered with 503 meanwhile. */
  readonly onUnavailable?: (error: Error) => void
  readonly now?: () => Date
}

/** What is asked of a token besides being good. */
export type Demands = StepUpDemand & { readonly scope?: string | readonly string[] }

/** The part of a request that decides. `path` is the one the client asked for, whatever it was rewritten to. */
export type AccessRequest = {
  readonly authorization: string | undefined
  readonly dpop: string | undefined
  readonly method: string
  readonly path: string
}

const asymmetric: readonly string[] = ['ES256', 'RS256', 'Ed25519', 'EdDSA', 'PS256', 'ES384', 'ES512']
/** RFC 6750 section 2.1; DPoP has the same form (RFC 9449 section 7.1). */
const credentials = /^(bearer|dpop) +([\w.~+/-]+=*)$/i

type Presented = { readonly scheme: Scheme; readonly token: string }

const presentedIn = (authorization: string): Presented | undefined => {
  const [, scheme = '', token = ''] = credentials.exec(authorization) ?? []
  if (token === '') return undefined
  return { scheme: scheme.toLowerCase() === 'dpop' ? 'DPoP' : 'Bearer', token }
}

const challengedBy = ({ realm, dpop }: VerifierOptions, scheme?: Scheme): Challenged => {
  const offered: readonly Scheme[] = dpop === undefined ? ['Bearer'] : dpop.isRequired === true ? ['DPoP'] : ['Bearer', 'DPoP']
  const schemes = scheme !== undefined && offered.includes(scheme) ? [scheme] : offered
  return { schemes, realm, dpopAlgorithms: dpop === undefined ? undefined : (dpop.algorithms ?? dpopAlgorithms) }
}

/** Checks signature, type, issuer, audience and time (RFC 9068 section 4). */
const claimsCheck = (options: VerifierOptions) => {
  const { issuer, audience, clockTolerance = 5, algorithms = asymmetric, now = () => new Date() } = options
  const keys = issuerKeys(options)
  return async (token: string, challenged: Challenged): Promise<JWTPayload> => {
    try {
      const { payload } = await jwtVerify(token, keys, {
        issuer,
        audience: [audience].flat(),
        typ: 'at+jwt',
        algorithms: [...algorithms],
        clockTolerance,
        currentDate: now(),
        requiredClaims: ['exp', 'iat', 'jti', 'sub', 'client_id'],
      })
      return payload
    } catch (error) {
      if (error instanceof KeysUnavailable) {
        options.onUnavailable?.(error)
        throw refusalOf(challenged, { code: 'temporarily_unavailable', description: 'Access tokens cannot be checked now' })
      }
      if (!(error instanceof errors.JOSEError)) throw error
      const isExpired = error instanceof errors.JWTExpired
      throw refusalOf(challenged, {
        code: 'invalid_token',
        description: isExpired ? 'The access token has expired' : 'The access token is not valid',
      })
    }
  }
}

const bindingCheck = (options: VerifierOptions) => {
  const { dpop, clockTolerance = 5, now = () => new Date() } = options
  const check = dpop && proofCheck({ ...dpop, clockTolerance, now })
  const nonceHeader = (): Record<string, string> => (dpop?.nonces === undefined ? {} : { 'dpop-nonce': dpop.nonces.issue() })

  return async (token: AccessToken, { scheme, token: text }: Presented, request: AccessRequest): Promise<void> => {
    const refuse = (refusal: Refusal) => refusalOf(token.challenged, { ...refusal, headers: nonceHeader() })
    if (token.boundTo === undefined) {
      if (scheme === 'Bearer' && dpop?.isRequired !== true) return
      throw refuse({ code: 'invalid_token', description: 'The access token is not bound to a key' })
    }
    // RFC 9449 section 7.2: a bound token is no bearer token.
    if (check === undefined || scheme !== 'DPoP')
      throw refuse({ code: 'invalid_token', description: 'The access token is bound to a key: send it with a DPoP proof' })
    if (request.dpop === undefined) throw refuse({ code: 'invalid_dpop_proof', description: 'The DPoP proof is missing' })
    const { method, path } = request
    const outcome = await check({ jwt: request.dpop, method, path, accessToken: text, boundTo: token.boundTo })
    if (outcome.kind === 'nonce-needed') throw refuse({ code: 'use_dpop_nonce', description: 'The DPoP proof needs this nonce' })
    if (outcome.kind === 'bad') throw refuse({ code: 'invalid_dpop_proof', description: `The DPoP proof is not valid: ${outcome.why}` })
  }
}

/** Checks the access tokens of one issuer for one API, offline: the issuer is asked for its keys alone. */
export const createVerifier = (options: VerifierOptions) => {
  // A setting that was forgotten must not become a check that is left out.
  if (!URL.canParse(options.issuer)) throw new TypeError('issuer has the form https://id.example.com')
  const audiences = [options.audience].flat()
  if (audiences.length === 0 || audiences.some((one) => typeof one !== 'string' || one === ''))
    throw new TypeError('audience is the identifier of this API')
  const checkClaims = claimsCheck(options)
  const checkBinding = bindingCheck(options)
  const { now = () => new Date() } = options

  const read = async (text: string, challenged: Challenged): Promise<AccessToken> => {
    const token = accessTokenOfClaims(await checkClaims(text, challenged), challenged)
    if (token === undefined) throw refusalOf(challenged, { code: 'invalid_token', description: 'The access token is not valid' })
    return token
  }

  /** The token of a request that may do what is demanded. Throws `AccessRefused`. */
  const authorize = async (request: AccessRequest, { scope = [], ...stepUp }: Demands = {}): Promise<AccessToken> => {
    // Credentials of another scheme are none (RFC 6750 section 3.1).
    if (request.authorization === undefined || !/^(bearer|dpop)\b/i.test(request.authorization))
      throw refusalOf(challengedBy(options), { code: 'missing_token', description: 'An access token is needed' })
    const presented = presentedIn(request.authorization)
    if (presented === undefined)
      throw refusalOf(challengedBy(options), { code: 'invalid_request', description: 'The Authorization header cannot be read' })
    const token = await read(presented.token, challengedBy(options, presented.scheme))
    await checkBinding(token, presented, request)
    requireScope(token, ...[scope].flat())
    requireStepUp(token, { ...stepUp, now })
    return token
  }

  return {
    authorize,
    /** A bearer token that came in another way than by a request. Throws `AccessRefused`, also where it is bound to a key. */
    verifyAccessToken: (token: string, demands?: Demands): Promise<AccessToken> =>
      authorize({ authorization: `Bearer ${token}`, dpop: undefined, method: 'GET', path: '/' }, demands),
  }
}

export type Verifier = ReturnType<typeof createVerifier>
