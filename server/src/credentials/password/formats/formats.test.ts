import assert from 'node:assert/strict'
import { test } from 'node:test'
import { argon2idSettings } from '../settings.ts'
import { formats, readHash } from './formats.ts'

const enabled = { weakAllowed: true }
const password = 'Grüße aus Zürich 7!'

const verify = (encoded: string, text: string): boolean => {
  const reading = readHash(encoded, enabled)
  assert.equal(reading.kind, 'readable', `${encoded}: ${reading.kind === 'refused' ? reading.reason : ''}`)
  return reading.kind === 'readable' && reading.verify(Buffer.from(text))
}

/** Published: RFC 6070, RFC 7914, the references of argon2 and SHA-crypt, crypt_blowfish, firebase/scrypt. */
const published: [name: string, text: string, encoded: string][] = [
  ['argon2i without version', 'password', '$argon2i$m=65536,t=2,p=1$c29tZXNhbHQ$9sTbSlTio3Biev89thdrlKKiCaYsjjYVJxGAL3swxpQ'],
  ['bcrypt', 'U*U', '$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW'],
  [
    'scrypt',
    'pleaseletmein',
    'scrypt:16384:8:1$SodiumChloride$7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887',
  ],
  ['PBKDF2 SHA-1', 'password', 'pbkdf2:sha1:4096$salt$4b007901b765489abead49d926f721d065a429c1'],
  [
    'PBKDF2 SHA-256',
    'passwd',
    'pbkdf2:sha256:1$salt$55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc49ca9cccf179b645991664b39d77ef317c71b845b1e30bd509112041d3a19783',
  ],
  ['SHA-256 crypt', 'Hello world!', '$5$saltstring$5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc5'],
  ['SHA-512 crypt', 'Hello world!', '$6$saltstring$svn8UoSVapNtMuq1ukKS4tPQd8iKwSMHWjl/O817G3uBnIFNjnQJuesI68u4OTLiBFdcbYEdFCoEOfaS35inz1'],
  [
    'Firebase',
    'user1password',
    '$firebase-scrypt$ln=14,r=8,sk=jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA==,ss=Bw==$42xEC+ixf3L2lw==$lSrfV15cpx95/sZS2W9c9Kp6i/LVgQNDNC/qzrCnh1SAyZvqmZqAjTdn3aoItz+VHjoZilo78198JAdRuid5lQ==',
  ],
]

/** Written by argon2-cffi, bcrypt for Python, passlib, Django and Werkzeug. */
const foreign: [name: string, encoded: string][] = [
  ['argon2id', '$argon2id$v=19$m=64,t=2,p=1$MDEyMzQ1Njc4OWFiY2RlZg$pW5WC1+eakb57hyDLTPDrJhSbI2ERMMo6+8WDpaYOP4'],
  ['argon2i', '$argon2i$v=19$m=64,t=2,p=1$MDEyMzQ1Njc4OWFiY2RlZg$gyBRlpIzouZaMedIaBGPii0N78dyyUhzL2WWkbp1sE4'],
  ['argon2d', '$argon2d$v=19$m=64,t=2,p=1$MDEyMzQ1Njc4OWFiY2RlZg$QjvZhpk3Q7+ORwgFZI7oqhOez127nR8Pthb1Laj7JgU'],
  ['argon2id version 1.0, four lanes', '$argon2id$v=16$m=256,t=3,p=4$MDEyMzQ1Njc4OWFiY2RlZg$GTulX3hencNulYoIYM2DVXpEGgNe7MQX'],
  ['bcrypt 2a', '$2a$04$maJaexXbISGuXMDqt3DiW.6nk.gqhLnUufRqRWG8lSn.t3fhQPLX2'],
  ['bcrypt 2b', '$2b$04$iePP.TST8ahujUSBClBkdOBHYXwT5oN3Cvvz1yEtkuepHt2C3GPvq'],
  ['bcrypt 2y', '$2y$04$iePP.TST8ahujUSBClBkdOBHYXwT5oN3Cvvz1yEtkuepHt2C3GPvq'],
  ['scrypt of passlib', '$scrypt$ln=10,r=8,p=1$/x9jDIGwVurdm9P639u79w$5zgP/iTnndou8WNq3kbC7pyP7OE6ugb3F+1TArTwMnw'],
  ['scrypt of Django', 'scrypt$1024$seasalt$8$5$FiHNvzkucSwCBQUKunEkY/svi4jCgEYW2tDEU+Uh1p5b2Pa4elCUrZtRrCVmu7aej1A1ZMeh4/XBqQftBcff2Q=='],
  [
    'scrypt of Werkzeug',
    'scrypt:1024:8:1$5kaGO0e6ylnETvn1$1121b20cab38296a405dff275d60e49168d8d14f6148ddc0d7b95cfd6a80a33e8f0ec2da9090ad2fcccfc4d6f875aede9bd96580168170afff0a6665f179fd6d',
  ],
  ['PBKDF2 SHA-256 of Django', 'pbkdf2_sha256$1000$seasalt$1jS2ZONQypyWT8HlwXCm0zTfE1U689sfzVVJSmy2BM4='],
  ['PBKDF2 SHA-1 of Django', 'pbkdf2_sha1$1000$seasalt$nUMcysm//gXzwFvU+3B/q6PON54='],
  ['PBKDF2 SHA-1 of passlib', '$pbkdf2$1000$W0spZcz535uTEsI4p1SKEQ$16W/ru3WxF.5DJ8vyErLj8SUOY8'],
  ['PBKDF2 SHA-256 of passlib', '$pbkdf2-sha256$1000$49x7b805pxQiJIQwhhAiBA$I6SP6d8fKaaeeTrJ6ubQC3kMfBvVziS4tB2m/Q8eAWM'],
  [
    'PBKDF2 SHA-512 of passlib',
    '$pbkdf2-sha512$1000$JySklDJmTGlN6X3PGeOcsw$ivX8jKJuaV8ooEmA.OFyWVbbm1xBczGGL2NaPTAb0GmkPhtdnYtG6mMCbKt0loqdxMomYxyamu3S4.puIBhZoQ',
  ],
  ['PBKDF2 SHA-256 of Werkzeug', 'pbkdf2:sha256:1000$TFbd7grVYA9cppmU$6d145b7608a9a362e3d41cec6b704ef645ba1013f7edba841a62ebe061c2990c'],
  [
    'PBKDF2 SHA-512 in the layout of Keycloak',
    '$keycloak-pbkdf2-sha512$i=1000,l=64$MDEyMzQ1Njc4OWFiY2RlZg==$VAfH14TtKsx7+UpMRNkP4okPc0SXhCW/UH/Y6NlzwvU4tbNNNmkiM5gmij8KCN+NKCJDEUoKflgGqSUe0iYGUA==',
  ],
]

/** Written by passlib and Django. */
const weak: [name: string, encoded: string][] = [
  ['{SSHA}', '{SSHA}wf3eFlLKYqPzAX2efuSIX6CSkPDZOyfE'],
  ['{SSHA256}', '{SSHA256}0jwuldtQHvF0yXO12R3kyYbwkvu3HVx0jUC4+O2rcc9pLeUcI0RI6Q=='],
  ['{SSHA512}', '{SSHA512}9u9jfwKjuPseSo8mX2LC9ghNZiLD3LwrXmNKzc8upOJwtYz3s2jiY3T+zZvVF9/iL80fDTnCzefVwm0wrkCTaHFOCcE4J4Tw'],
  ['{SMD5}', '{SMD5}e0QC8xsGmPQA6HI2SQNAFNYaY2w='],
  ['SHA-1 of Django', 'sha1$seasalt$9a5b4218479a3a44e1e337a8ad221858e1b808a9'],
  ['MD5 of Django', 'md5$seasalt$0e5afa763e5ba972de3f85bdd56fe8da'],
  ['SHA-256 crypt', '$5$3X7u6f7oV9GuomIu$HbMw5l1EkD/tQ94F6mhTImMIz3k2CSOgTuqqVswtbQ4'],
  [
    'SHA-512 crypt with rounds',
    '$6$rounds=1000$GJkJWbUNXDSbKzSI$yJNZ04xUmPZPUOkYqNksTkOrGp8Qw4sgZRjmYRb7LDjcCLuk/E01.5CRFsvwiHi6EPZCcID2CwWKn3hshJx0r0',
  ],
  ['MD5 crypt', '$1$bFNArjS2$N1wtgFYNTbsFrPGhYsGgO0'],
]

for (const [name, text, encoded] of published) {
  test(`verifies the published vector of ${name} and refuses another password`, () => {
    assert.equal(verify(encoded, text), true)
    assert.equal(verify(encoded, `${text}.`), false)
  })
}

for (const [name, encoded] of [...foreign, ...weak]) {
  test(`verifies ${name} and refuses near misses`, () => {
    assert.equal(verify(encoded, password), true)
    for (const other of [
      `${password} `,
      ` ${password}`,
      password.toUpperCase(),
      password.slice(0, -1),
      'x',
      `${password}\0`,
      `${password}\0x`,
    ])
      assert.equal(verify(encoded, other), false, other)
  })
}

test('verifies passwords longer than a digest block with the crypt formats', () => {
  const long = 'long '.repeat(40)
  const sha = '$6$rounds=1000$CJl70FxhPHQCXV1P$f/pcnpGaWFeomJCoupA0TeplzSwQY6YhGqia3TEhlPKxnoRVoajIrZbfZJvJEZhVBKSkS.J7JlUUz9wSneX2O1'
  for (const encoded of [sha, '$1$WcPkry0x$t5iR9pwaVx9aUKpoAOOT.1']) {
    assert.equal(verify(encoded, long), true)
    assert.equal(verify(encoded, long.slice(0, -1)), false)
  }
})

test('refuses every weak format that is not enabled', () => {
  for (const [name, encoded] of weak) assert.equal(readHash(encoded, { weakAllowed: false }).kind, 'refused', name)
  for (const [name, encoded] of foreign) assert.equal(readHash(encoded, { weakAllowed: false }).kind, 'readable', name)
})

test('asks for a rehash of every foreign hash that is weaker than the settings', () => {
  for (const [name, encoded] of [...foreign, ...weak]) {
    const reading = readHash(encoded, enabled)
    assert.equal(reading.kind === 'readable' && reading.needsRehash(argon2idSettings()), true, name)
  }
})

test('gives every vector to exactly one format', () => {
  for (const encoded of [...foreign, ...weak].map(([, text]) => text))
    assert.equal(formats.filter((format) => format.match(encoded)).length, 1, encoded)
})

test('refuses every vector that was cut short, and says so without repeating it', () => {
  for (const [name, encoded] of [...foreign, ...weak].filter(([label]) => !label.startsWith('{'))) {
    const cut = encoded.slice(0, encoded.lastIndexOf('$') + 9)
    const reading = readHash(cut, enabled)
    assert.equal(reading.kind, 'refused', name)
    assert.ok(reading.kind === 'refused' && !reading.reason.includes(cut.slice(-8)), name)
  }
})
