import { toBase64url } from './base64url.ts'

/** 256 random bits as 43 characters, for verifiers (RFC 7636 section 4.1), state and nonce. */
export const randomValue = (): string => toBase64url(crypto.getRandomValues(new Uint8Array(32)))

/** The S256 code challenge of a verifier (RFC 7636 section 4.2). */
export const challengeOf = async (verifier: string): Promise<string> =>
  toBase64url(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))))
