import { randomBytes } from 'node:crypto'
import { sha256 } from '../../platform/digest.ts'
import { seal, unseal } from '../../platform/seal.ts'

const challengeBytes = 32
const timeBytes = 8
/** The time that a person has to answer. */
export const challengeSeconds = 300

export type ChallengePurpose = 'sign-in' | 'second-factor' | 'register' | 'step-up'

/** Where a challenge belongs: an answer to it counts nowhere else. `browser` is the hash of the browser that asked. */
export type ChallengePlace = {
  readonly tenantId: string
  readonly purpose: ChallengePurpose
  readonly userId?: string | undefined
  readonly browser: Uint8Array
}

/** A challenge (base64url, 32 bytes), and the token in which it travels through the page until it is answered. */
export type Challenge = { readonly challenge: string; readonly token: string }

/** `hash` names the challenge among those that were spent; `expiresAt` in seconds since 1970. */
export type OpenedChallenge =
  | { readonly kind: 'opened'; readonly challenge: string; readonly hash: Buffer; readonly expiresAt: number }
  | { readonly kind: 'forged' }
  | { readonly kind: 'expired' }

const contextOf = ({ tenantId, purpose, userId, browser }: ChallengePlace): string =>
  JSON.stringify(['passkey challenge', tenantId, purpose, userId ?? null, Buffer.from(browser).toString('base64url')])

/**
 * Draws a challenge (Web Authentication Level 3 section 13.4.3). Nothing is stored: the token holds challenge and expiry under AES-256-GCM,
 * and the place is authenticated with them. `now` in milliseconds since 1970. The token's length tells nothing of the place.
 */
export const makeChallenge = (key: Uint8Array, { now, ...place }: ChallengePlace & { now: number }): Challenge => {
  const challenge = randomBytes(challengeBytes)
  const expiry = Buffer.alloc(timeBytes)
  expiry.writeBigUInt64BE(BigInt(Math.floor(now) + challengeSeconds * 1000))
  const token = seal(key, Buffer.concat([expiry, challenge]), contextOf(place))
  return { challenge: challenge.toString('base64url'), token: token.toString('base64url') }
}

/** The challenge that was drawn for this place. It is the only source of a challenge: one in an answer is compared with it, never believed. */
export const openChallenge = (key: Uint8Array, token: string, { now, ...place }: ChallengePlace & { now: number }): OpenedChallenge => {
  const plain = token.length > 256 ? undefined : unseal(key, Buffer.from(token, 'base64url'), contextOf(place))
  if (plain === undefined) return { kind: 'forged' }
  const expiresAt = Number(plain.readBigUInt64BE())
  if (expiresAt <= now) return { kind: 'expired' }
  const challenge = plain.subarray(timeBytes)
  return { kind: 'opened', challenge: challenge.toString('base64url'), hash: sha256(challenge), expiresAt: expiresAt / 1000 }
}
