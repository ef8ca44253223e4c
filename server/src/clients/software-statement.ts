import { decodeJwt } from 'jose'
import type { RegistrationPolicy } from './registration-policy.ts'

type Members = Readonly<Record<string, unknown>>

export type StatementVerdict =
  | { readonly kind: 'verified'; readonly claims: Members }
  | {
      readonly kind: 'invalid'
      readonly error: 'invalid_software_statement' | 'unapproved_software_statement'
      readonly description: string
    }

type TrustedIssuer = RegistrationPolicy['softwareStatementIssuers'][number]

/** The claims of a JWT that the issuer signed with one of its keys and that is valid now, or undefined. */
export type VerifyStatement = (jwt: string, issuer: TrustedIssuer) => Promise<Members | undefined>

// Claims about the statement itself (RFC 7519 section 4.1), which are no client metadata.
const about = ['iss', 'sub', 'aud', 'exp', 'nbf', 'iat', 'jti']

const issuerOf = (jwt: string): string | undefined => {
  try {
    return decodeJwt(jwt).iss
  } catch {
    return undefined
  }
}

const unreadable = (description: string): StatementVerdict => ({ kind: 'invalid', error: 'invalid_software_statement', description })

type Checking = { readonly issuers: readonly TrustedIssuer[]; readonly verify: VerifyStatement }

/** The client metadata of a software statement by an issuer that is trusted here (RFC 7591 section 2.3). */
export const verifySoftwareStatement = async (jwt: unknown, { issuers, verify }: Checking): Promise<StatementVerdict> => {
  const issuer = typeof jwt === 'string' && jwt.length <= 8192 ? issuerOf(jwt) : undefined
  if (typeof jwt !== 'string' || issuer === undefined) return unreadable('software_statement must be a signed JWT with the claim iss.')
  const trusted = issuers.find((one) => one.issuer === issuer)
  if (trusted === undefined) {
    const description = 'The issuer of software_statement is not trusted here. An operator adds it with: cip registration set'
    return { kind: 'invalid', error: 'unapproved_software_statement', description }
  }
  const claims = await verify(jwt, trusted)
  return claims === undefined
    ? unreadable('software_statement does not verify with the keys of its issuer, or is not valid now.')
    : { kind: 'verified', claims: Object.fromEntries(Object.entries(claims).filter(([name]) => !about.includes(name))) }
}
