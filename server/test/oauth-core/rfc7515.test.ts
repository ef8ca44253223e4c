import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { JwtAlgorithm } from '../../src/oauth/core/jwt/algorithm.ts'
import { verifyForeignJwt } from '../../src/oauth/core/jwt/verify-foreign-jwt.ts'
import type { VerificationKeys } from '../../src/oauth/core/jwt/verify-jws.ts'

const payload = 'eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ'

type Vector = { readonly name: string; readonly alg: JwtAlgorithm; readonly keys: VerificationKeys; readonly token: string }

const vectors: readonly Vector[] = [
  {
    name: 'A.1 HS256',
    alg: 'HS256',
    keys: {
      kind: 'secret',
      secret: Buffer.from('AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow', 'base64url'),
    },
    token: `eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.${payload}.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk`,
  },
  {
    name: 'A.2 RS256',
    alg: 'RS256',
    keys: {
      kind: 'keys',
      keys: [
        {
          kty: 'RSA',
          n: 'ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ',
          e: 'AQAB',
        },
      ],
    },
    token: `eyJhbGciOiJSUzI1NiJ9.${payload}.cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw`,
  },
  {
    name: 'A.3 ES256',
    alg: 'ES256',
    keys: {
      kind: 'keys',
      keys: [
        {
          kty: 'EC',
          crv: 'P-256',
          x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
          y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',
        },
      ],
    },
    token: `eyJhbGciOiJFUzI1NiJ9.${payload}.DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q`,
  },
]

const verify = (token: string, { keys, alg }: Vector) =>
  verifyForeignJwt(token, {
    keys,
    algorithms: [alg],
    typ: { values: ['JWT'], isRequired: false },
    claims: {
      now: 1_300_819_370,
      issuer: { value: 'joe', isRequired: true },
      audience: { kind: 'unchecked', why: 'the examples name no audience' },
      expiry: { isRequired: true },
    },
  })

for (const vector of vectors) {
  test(`takes the example of RFC 7515 appendix ${vector.name}`, async () => {
    assert.deepEqual((await verify(vector.token, vector)).kind, 'valid')
  })

  test(`refuses the example of RFC 7515 appendix ${vector.name} with any character of its signature changed or left out`, async () => {
    const start = vector.token.lastIndexOf('.') + 1
    for (let index = start; index < vector.token.length; index += 1) {
      const other = vector.token[index] === 'A' ? 'B' : 'A'
      const [before, after] = [vector.token.slice(0, index), vector.token.slice(index + 1)]
      for (const token of [before + other + after, before + after]) assert.equal((await verify(token, vector)).kind, 'invalid', token)
    }
  })

  test(`refuses the example of RFC 7515 appendix ${vector.name} with the key of another`, async () => {
    for (const other of vectors.filter((one) => one !== vector))
      assert.equal((await verify(vector.token, { ...vector, keys: other.keys })).kind, 'invalid', other.name)
  })
}
