import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isCodeChallenge, isVerifierOf } from '../../src/oauth/core/pkce.ts'
import { sha256Text } from '../../src/platform/digest.ts'
import { errorOf, exampleClient, exampleGrant, grantExample, readExample } from './example-client.ts'

// Appendix B: the octets, the verifier that they encode to, and its challenge.
const octets = [
  116, 24, 223, 180, 151, 153, 224, 37, 79, 250, 96, 125, 216, 173, 187, 186, 22, 212, 37, 77, 105, 214, 191, 240, 91, 88, 5, 88, 83, 132,
  141, 121,
]
const verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk'
const challenge = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM'

test('takes the verifier of the example for its challenge (RFC 7636 appendix B)', () => {
  assert.equal(Buffer.from(octets).toString('base64url'), verifier)
  assert.equal(sha256Text(verifier), challenge)
  assert.equal(isCodeChallenge(challenge), true)
  assert.equal(isVerifierOf(challenge, verifier, sha256Text), true)
})

test('refuses any other verifier, and the challenge as its own (RFC 7636 section 4.6)', () => {
  for (let index = 0; index < verifier.length; index += 1) {
    const other = verifier[index] === 'A' ? 'B' : 'A'
    assert.equal(isVerifierOf(challenge, verifier.slice(0, index) + other + verifier.slice(index + 1), sha256Text), false)
  }
  for (const other of [challenge, '', `${verifier}=`, `${verifier} `, verifier.toUpperCase(), verifier.slice(1)])
    assert.equal(isVerifierOf(challenge, other, sha256Text), false, other)
})

test('takes verifiers of 43 to 128 unreserved characters and no others (RFC 7636 section 4.1)', () => {
  const takes = (text: string) => isVerifierOf(sha256Text(text), text, sha256Text)
  assert.deepEqual(
    [42, 43, 128, 129].map((length) => takes('a'.repeat(length))),
    [false, true, true, false],
  )
  assert.equal(takes('-._~'.repeat(11)), true)
  for (const other of ['+', '/', '=', ' ', '%', '\u00e9', '\n']) assert.equal(takes('a'.repeat(43) + other), false, other)
})

test('takes challenges of 43 characters of base64url and no others (RFC 7636 section 4.2)', () => {
  for (const other of [
    `${challenge}=`,
    challenge.slice(1),
    `${challenge}A`,
    challenge.replace('-', '+'),
    challenge.replace('-', '.'),
    `${challenge}\n`,
    '',
  ])
    assert.equal(isCodeChallenge(other), false, other)
})

const request = 'response_type=code&client_id=s6BhdRkqt3&redirect_uri=https%3A%2F%2Fclient.example.org%2Fcb'

test('keeps the challenge of a request with S256, and refuses plain, no method and no challenge (RFC 7636 sections 4.3 and 4.4.1)', async () => {
  assert.equal(readExample(`${request}&code_challenge=${challenge}&code_challenge_method=S256`).codeChallenge, challenge)
  for (const end of [
    `&code_challenge=${challenge}&code_challenge_method=plain`,
    `&code_challenge=${challenge}&code_challenge_method=s256`,
    `&code_challenge=${challenge}`,
    '&code_challenge_method=S256',
    `&code_challenge=${verifier}=&code_challenge_method=S256`,
  ])
    assert.equal(await errorOf(() => readExample(request + end)), 'invalid_request', end)
  assert.equal(await errorOf(() => readExample(request, exampleClient({ requirePkce: true }))), 'invalid_request')
})

test('answers invalid_grant where the verifier does not belong to the challenge, and the code is spent with its grant (RFC 7636 section 4.6)', async () => {
  const form = 'grant_type=authorization_code&code=SplxlOBeZQQYbYS6WxSbIA&redirect_uri=https%3A%2F%2Fclient.example.org%2Fcb'
  const redeem = async (end: string, codeChallenge: string | undefined) => {
    let kills = 0
    const error = await errorOf(() =>
      grantExample(form + end, {
        redeemCode: async () => ({
          kind: 'redeemed',
          grant: exampleGrant(),
          binding: { redirectUri: 'https://client.example.org/cb', codeChallenge },
        }),
        killGrant: async () => {
          kills += 1
        },
      }),
    )
    return [error, kills]
  }
  assert.deepEqual(await redeem(`&code_verifier=${verifier}`, challenge), [undefined, 0])
  assert.deepEqual(await redeem(`&code_verifier=${challenge}`, challenge), ['invalid_grant', 1])
  assert.deepEqual(await redeem('', challenge), ['invalid_grant', 1])
  assert.deepEqual(await redeem(`&code_verifier=${verifier}`, undefined), ['invalid_grant', 1])
})
