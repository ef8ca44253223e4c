import { argon2 } from './argon2.ts'
import { bcrypt } from './bcrypt.ts'
import { djangoDigest } from './django-digest.ts'
import { type HashFormat, type HashReading, refused } from './format.ts'
import { ldapDigest } from './ldap-digest.ts'
import { md5Crypt } from './md5-crypt.ts'
import { pbkdf2Django } from './pbkdf2-django.ts'
import { pbkdf2Keycloak } from './pbkdf2-keycloak.ts'
import { pbkdf2Passlib } from './pbkdf2-passlib.ts'
import { pbkdf2Werkzeug } from './pbkdf2-werkzeug.ts'
import { scryptDjango } from './scrypt-django.ts'
import { scryptFirebase } from './scrypt-firebase.ts'
import { scryptPhc } from './scrypt-phc.ts'
import { scryptWerkzeug } from './scrypt-werkzeug.ts'
import { shaCrypt } from './sha-crypt.ts'

/** Every notation that is understood; no two match the same text. */
export const formats: readonly HashFormat[] = [
  argon2,
  bcrypt,
  scryptPhc,
  scryptDjango,
  scryptWerkzeug,
  scryptFirebase,
  pbkdf2Passlib,
  pbkdf2Django,
  pbkdf2Werkzeug,
  pbkdf2Keycloak,
  ldapDigest,
  djangoDigest,
  shaCrypt,
  md5Crypt,
]

const encodedLengthMax = 4_096

/** Reads a stored hash without computing anything; what is over a limit, malformed, unknown or weak without leave is refused. */
export const readHash = (encoded: string, { weakAllowed }: { weakAllowed: boolean }): HashReading => {
  if (encoded.length > encodedLengthMax) return refused('the hash is too long')
  const format = formats.find((candidate) => candidate.match(encoded))
  if (!format) return refused('unknown hash format')
  if (format.isWeak && !weakAllowed) return refused(`the weak format ${format.name} is not enabled`)
  return format.parse(encoded)
}
