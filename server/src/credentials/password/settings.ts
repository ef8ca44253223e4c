/** `memoryKib` in KiB; the floor and the default are OWASP's m=19456, t=2, p=1. */
export type Argon2idSettings = {
  readonly scheme: 'argon2id'
  readonly memoryKib: number
  readonly passes: number
  readonly parallelism: number
}
/** `cost` is the binary logarithm of the number of rounds. */
export type BcryptSettings = { readonly scheme: 'bcrypt'; readonly cost: number }
export type HashSettings = Argon2idSettings | BcryptSettings

// The ceilings are those of imported hashes, so that what one installation exports another can take in.
const limits = { memoryKib: [19_456, 262_144], passes: [2, 20], parallelism: [1, 8], cost: [12, 15] } as const

const within = (name: keyof typeof limits, value: number): number => {
  const [least, most] = limits[name]
  if (Number.isInteger(value) && value >= least && value <= most) return value
  throw new RangeError(`The password hash setting ${name} must be a whole number from ${least} to ${most}.`)
}

/** Throws RangeError for anything below the floor: a setting can make hashes stronger, never weaker. */
export const argon2idSettings = (chosen: Partial<Omit<Argon2idSettings, 'scheme'>> = {}): Argon2idSettings =>
  Object.freeze({
    scheme: 'argon2id',
    memoryKib: within('memoryKib', chosen.memoryKib ?? limits.memoryKib[0]),
    passes: within('passes', chosen.passes ?? limits.passes[0]),
    parallelism: within('parallelism', chosen.parallelism ?? limits.parallelism[0]),
  })

/** Throws RangeError for a cost outside 12 to 15. */
export const bcryptSettings = (chosen: Partial<Omit<BcryptSettings, 'scheme'>> = {}): BcryptSettings =>
  Object.freeze({ scheme: 'bcrypt', cost: within('cost', chosen.cost ?? limits.cost[0]) })
