import { base64url } from 'jose'

const bitsMin = 2048

const numberOf = (text: string): bigint => {
  const digits = Array.from(base64url.decode(text), (byte) => byte.toString(16).padStart(2, '0'))
  return digits.length === 0 ? 0n : BigInt(`0x${digits.join('')}`)
}

const powersOf65537 = (prime: number): ReadonlySet<number> => {
  const powers = new Set<number>()
  for (let power = 1; !powers.has(power); power = (power * 65_537) % prime) powers.add(power)
  return powers
}

// CVE-2017-15361 (ROCA): a modulus made by the broken library is a power of 65537 by each of these; one in 300 million others is.
const marks = [11, 13, 17, 19, 37, 53, 61, 71, 73, 79, 97, 103, 107, 109, 127, 151, 157].map(
  (prime) => [BigInt(prime), powersOf65537(prime)] as const,
)

const isFactorable = (modulus: bigint): boolean => marks.every(([prime, powers]) => powers.has(Number(modulus % prime)))

/**
 * Whether an RSA key can hold anybody off: 2,048 bits or more (RFC 7518 section 3.3), an odd exponent of 3 or more (RFC 8017 section 3.1; with 1
 * everybody can sign), and no modulus that is known to be factorable.
 */
export const isSoundRsaKey = (modulusText: string, exponentText: string): boolean => {
  try {
    const [modulus, exponent] = [numberOf(modulusText), numberOf(exponentText)]
    return modulus >> BigInt(bitsMin - 1) > 0n && exponent >= 3n && exponent % 2n === 1n && !isFactorable(modulus)
  } catch {
    return false
  }
}
