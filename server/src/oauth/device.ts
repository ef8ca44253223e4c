import { randomInt } from 'node:crypto'

export const devicePrefix = 'cip_dc_'
export const deviceTtlSeconds = 600
export const deviceIntervalSeconds = 5

// Without vowels and digits: no words, nothing to mistake; 20^8 codes are 34 bits (RFC 8628 section 6.1).
const letters = 'BCDFGHJKLMNPQRSTVWXZ'

export const makeUserCode = (): string => Array.from({ length: 8 }, () => letters[randomInt(letters.length)]).join('')

/** What a person typed as the code is stored: without dash and spaces, in capitals; undefined where it can be no code. */
export const readUserCode = (typed: string | undefined): string | undefined => {
  const code = (typed ?? '').slice(0, 64).toUpperCase().replace(/[\s-]/g, '')
  return /^[BCDFGHJKLMNPQRSTVWXZ]{8}$/.test(code) ? code : undefined
}

export const showUserCode = (code: string): string => `${code.slice(0, 4)}-${code.slice(4)}`
