import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inspectHash } from './inspect-hash.ts'
import { convertKeycloakCredential } from './keycloak-import.ts'
import { argon2idSettings, bcryptSettings } from './settings.ts'

const salt = 'MDEyMzQ1Njc4OWFiY2RlZg'
const tag = 'pW5WC1+eakb57hyDLTPDrJhSbI2ERMMo6+8WDpaYOP4'
const hex = 'ab'.repeat(32)
const bcryptTail = 'KXs5Gw2onLkAsnGWjL5BGu6R2/Win56pbVCwrbXHjUvZO08CDqlky'

const inspect = (encoded: string, weakAllowed = true) => inspectHash(encoded, { weakAllowed })

const atLimit: [name: string, encoded: string][] = [
  ['argon2 memory', `$argon2id$v=19$m=262144,t=2,p=1$${salt}$${tag}`],
  ['argon2 passes', `$argon2id$v=19$m=19456,t=20,p=1$${salt}$${tag}`],
  ['argon2 parallelism', `$argon2id$v=19$m=19456,t=2,p=8$${salt}$${tag}`],
  ['scrypt memory', `scrypt:262144:8:1$salt$${hex}`],
  ['scrypt parallelism', `scrypt:1024:8:16$salt$${hex}`],
  ['PBKDF2 iterations', `pbkdf2:sha256:2000000$salt$${hex}`],
  ['bcrypt cost', `$2b$15$${bcryptTail}`],
  ['SHA-crypt rounds', '$5$rounds=200000$saltstring$5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc5'],
]

const overLimit: [name: string, encoded: string][] = [
  ['argon2 memory', `$argon2id$v=19$m=262145,t=2,p=1$${salt}$${tag}`],
  ['argon2 memory and passes', `$argon2id$v=19$m=4194304,t=1000,p=1$${salt}$${tag}`],
  ['argon2 passes', `$argon2id$v=19$m=19456,t=21,p=1$${salt}$${tag}`],
  ['argon2 passes 0', `$argon2id$v=19$m=19456,t=0,p=1$${salt}$${tag}`],
  ['argon2 parallelism', `$argon2id$v=19$m=19456,t=2,p=9$${salt}$${tag}`],
  ['argon2 memory too small for its lanes', `$argon2id$v=19$m=15,t=2,p=2$${salt}$${tag}`],
  ['argon2 short salt', `$argon2id$v=19$m=19456,t=2,p=1$MDEy$${tag}`],
  ['argon2 short tag', `$argon2id$v=19$m=19456,t=2,p=1$${salt}$MDEyMw`],
  ['scrypt N=2^30', `$scrypt$ln=30,r=8,p=1$${salt}$${tag}`],
  ['scrypt memory', `scrypt:524288:8:1$salt$${hex}`],
  ['scrypt block size', `scrypt:1024:65:1$salt$${hex}`],
  ['scrypt parallelism', `scrypt:1024:8:17$salt$${hex}`],
  ['scrypt work', `scrypt:262144:8:5$salt$${hex}`],
  ['scrypt N not a power of two', `scrypt:1000:8:1$salt$${hex}`],
  ['scrypt N=1', `scrypt:1:8:1$salt$${hex}`],
  ['Firebase memory cost', '$firebase-scrypt$ln=40,r=8,sk=AAAA,ss=Bw==$AAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAA'],
  ['PBKDF2 iterations', `pbkdf2:sha256:2000001$salt$${hex}`],
  ['PBKDF2 iterations 10^9', `pbkdf2_sha256$1000000000$salt$${tag}=`],
  ['PBKDF2 iterations 0', `$pbkdf2-sha256$0$AAAA$${tag.replaceAll('+', '.')}`],
  ['PBKDF2 short hash', 'pbkdf2:sha256:1000$salt$abcd'],
  ['bcrypt cost 16', `$2b$16$${bcryptTail}`],
  ['bcrypt cost 31', `$2b$31$${bcryptTail}`],
  ['bcrypt cost 3', `$2b$03$${bcryptTail}`],
  ['SHA-crypt rounds', '$5$rounds=200001$saltstring$5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc5'],
]

const malformed = [
  '',
  'x',
  'plain text password',
  '$',
  '$argon2id$',
  '$argon2ix$v=19$m=64,t=2,p=1$a$b',
  `$argon2id$v=20$m=19456,t=2,p=1$${salt}$${tag}`,
  `$argon2id$v=19$m=-1,t=2,p=1$${salt}$${tag}`,
  `$argon2id$v=19$m=1e3,t=2,p=1$${salt}$${tag}`,
  `$argon2id$v=19$t=2,m=19456,p=1$${salt}$${tag}`,
  `$argon2id$v=19$m=19456,t=2,p=1$${salt}$${tag}\n`,
  `$argon2id$v=19$m=19456,t=2,p=1$${salt}$${tag}$`,
  `$argon2id$v=19$m=19456,t=2,p=1,keyid=x$${salt}$${tag}`,
  `$2$12$${bcryptTail}`,
  `$2x$12$${bcryptTail}`,
  `$2b$+4$${bcryptTail}`,
  `$2b$12$${bcryptTail}x`,
  '$scrypt$ln=x,r=8,p=1$a$b',
  'scrypt$1024$salt$8',
  'scrypt:1024:8:1$salt$xyz',
  'pbkdf2_md5$1000$salt$AAAA',
  `$keycloak-pbkdf2-sha512$i=1000,l=32$AAAA$${'A'.repeat(86)}==`,
  `$keycloak-pbkdf2-md5$i=1000,l=16$AAAA$${'A'.repeat(22)}==`,
  '{SHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g=',
  '{SSHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g=',
  '{CRYPT}x',
  'md5$salt$9a5b4218479a3a44e1e337a8ad221858e1b808a9',
  '$1$salt$short',
  '$7$salt$hash',
  `$argon2id$${'A'.repeat(100_000)}`,
]

for (const [name, encoded] of atLimit) {
  test(`accepts an imported hash at the limit of ${name}`, () => assert.equal(inspect(encoded).kind, 'ok'))
}

for (const [name, encoded] of overLimit) {
  test(`refuses an imported hash beyond the limit: ${name}`, () => {
    const inspection = inspect(encoded)
    assert.equal(inspection.kind, 'refused')
    assert.ok(inspection.kind === 'refused' && /must be/.test(inspection.reason), JSON.stringify(inspection))
  })
}

test('refuses malformed and unknown hashes', () => {
  for (const encoded of malformed) assert.equal(inspect(encoded).kind, 'refused', encoded.slice(0, 80))
})

test('refuses weak formats by name unless they are enabled', () => {
  const encoded = 'md5$seasalt$0e5afa763e5ba972de3f85bdd56fe8da'
  assert.deepEqual(inspect(encoded), { kind: 'ok', scheme: 'salted-md5', needsUpgrade: true })
  assert.deepEqual(inspect(encoded, false), { kind: 'refused', reason: 'the weak format django-digest is not enabled' })
})

test('tells hashes that will be replaced at the next login from those that stay', () => {
  const own = `$argon2id$v=19$m=19456,t=2,p=1$${salt}$${tag}`
  assert.deepEqual(inspect(own), { kind: 'ok', scheme: 'argon2id', needsUpgrade: false })
  assert.deepEqual(inspectHash(own, { weakAllowed: false, settings: argon2idSettings({ passes: 3 }) }), {
    kind: 'ok',
    scheme: 'argon2id',
    needsUpgrade: true,
  })
  assert.deepEqual(inspectHash(`$2b$12$${bcryptTail}`, { weakAllowed: false, settings: bcryptSettings() }), {
    kind: 'ok',
    scheme: 'bcrypt',
    needsUpgrade: false,
  })
})

const keycloakValue = 'wEPwS+z2OtIvWwdV6L8/LHjZN+yLJyDxvBMF2kpVWU+zhBmTbJ1q541JNs+wLpHe8rC8qJVerU0KI8eNiCAJtw=='
const keycloakSecret = JSON.stringify({ value: keycloakValue, salt: `${salt}==`, additionalParameters: {} })

test("converts Keycloak's PBKDF2 credentials into a notation that is read", () => {
  for (const [algorithm, digest] of [
    ['pbkdf2-sha256', 'sha256'],
    ['pbkdf2-sha512', 'sha512'],
    ['pbkdf2', 'sha1'],
  ]) {
    const credentialData = JSON.stringify({ hashIterations: 1000, algorithm, additionalParameters: {} })
    const conversion = convertKeycloakCredential({ credentialData, secretData: keycloakSecret })
    assert.deepEqual(conversion, { kind: 'ok', encoded: `$keycloak-pbkdf2-${digest}$i=1000,l=64$${salt}==$${keycloakValue}` })
    assert.ok(conversion.kind === 'ok' && inspect(conversion.encoded).kind === 'ok')
  }
})

test("converts Keycloak's argon2 credentials into PHC notation", () => {
  const parameters = { hashLength: ['32'], memory: ['7168'], type: ['id'], version: ['1.3'], parallelism: ['1'] }
  const credentialData = JSON.stringify({ hashIterations: 5, algorithm: 'argon2', additionalParameters: parameters })
  const conversion = convertKeycloakCredential({ credentialData, secretData: JSON.stringify({ value: `${tag}=`, salt: `${salt}==` }) })
  assert.deepEqual(conversion, { kind: 'ok', encoded: `$argon2id$v=19$m=7168,t=5,p=1$${salt}$${tag}` })
})

test('refuses Keycloak credentials that are malformed, unknown or try to smuggle parameters', () => {
  const credentials: [string, string][] = [
    ['', ''],
    ['null', 'null'],
    ['[]', '[]'],
    ['{"algorithm":"pbkdf2-sha256"}', keycloakSecret],
    ['{"algorithm":"pbkdf2-sha256","hashIterations":"1000"}', keycloakSecret],
    ['{"algorithm":"md5","hashIterations":1}', keycloakSecret],
    ['{"algorithm":"pbkdf2-sha256","hashIterations":1}', '{"value":"AAAA","salt":"AA$AA"}'],
    ['{"algorithm":"pbkdf2-sha256","hashIterations":1}', '{"value":1,"salt":"AAAA"}'],
  ]
  for (const [credentialData, secretData] of credentials)
    assert.equal(convertKeycloakCredential({ credentialData, secretData }).kind, 'refused', credentialData)
  const smuggled =
    '{"algorithm":"argon2","hashIterations":5,"additionalParameters":{"type":["id$v=19$m=1"],"memory":["9"],"parallelism":["1"]}}'
  const conversion = convertKeycloakCredential({ credentialData: smuggled, secretData: keycloakSecret })
  assert.ok(conversion.kind === 'refused' || inspect(conversion.encoded).kind === 'refused')
})
