import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import decodeQrCode from 'jsqr'
import { drawQrCode } from './qr-code.ts'
import { matchStep, printTotpKey, readTotpCode, stepOf, totpCode, totpUri } from './totp-code.ts'

const secret = Buffer.from('12345678901234567890')
const seconds = (count: number): number => count * 1000

suite('the vectors of the specifications', () => {
  test('RFC 4226 appendix D: the codes of the first ten counters', () => {
    const codes = ['755224', '287082', '359152', '969429', '338314', '254676', '287922', '162583', '399871', '520489']
    assert.deepEqual(
      codes.map((_, counter) => totpCode(secret, counter)),
      codes,
    )
  })

  test('RFC 6238 appendix B: the codes of its times, their last six digits', () => {
    const vectors = [
      [59, '94287082'],
      [1111111109, '07081804'],
      [1111111111, '14050471'],
      [1234567890, '89005924'],
      [2000000000, '69279037'],
      [20000000000, '65353130'],
    ] as const
    for (const [time, code] of vectors) {
      assert.equal(totpCode(secret, stepOf(seconds(time))), code.slice(2))
      assert.equal(matchStep(secret, code.slice(2), seconds(time)), stepOf(seconds(time)))
    }
  })
})

suite('a code', () => {
  const now = seconds(1_800_000_000)
  const step = stepOf(now)

  test('O-02 counts one step before and after its own, and no further', () => {
    for (const offset of [-1, 0, 1]) assert.equal(matchStep(secret, totpCode(secret, step + offset), now), step + offset)
    for (const offset of [-3, -2, 2, 3]) assert.equal(matchStep(secret, totpCode(secret, step + offset), now), undefined)
  })

  test('of another secret is none', () => {
    assert.equal(matchStep(Buffer.from('98765432109876543210'), totpCode(secret, step), now), undefined)
  })

  test('is read with the spaces that apps show, and is six ASCII digits', () => {
    for (const text of ['123456', '123 456', ' 1 2 3 4 5 6\n', '123\u00a0456']) assert.equal(readTotpCode(text), '123456')
    for (const text of ['', '12345', '1234567', '12345a', '１２３４５６', '-12345', '1e5', '123456'.padStart(99)])
      assert.equal(readTotpCode(text), undefined, text)
  })
})

suite('what an authenticator app reads', () => {
  test('names issuer and account, percent-encoded, with the parameters spelled out', () => {
    const uri = totpUri({ secret, issuer: 'Ümlaut & Söhne', account: 'ann+work@example.com' })
    assert.equal(
      uri,
      'otpauth://totp/%C3%9Cmlaut%20%26%20S%C3%B6hne:ann%2Bwork%40example.com?issuer=%C3%9Cmlaut%20%26%20S%C3%B6hne' +
        '&secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&algorithm=SHA1&digits=6&period=30',
    )
  })

  test('holds no colon but the one that parts issuer and account', () => {
    const uri = totpUri({ secret, issuer: 'A:B', account: 'c:d' })
    assert.match(uri, /^otpauth:\/\/totp\/A%20B:c%20d\?issuer=A%20B&/)
  })

  test('can be typed by hand: base32 in groups of four', () => {
    assert.equal(printTotpKey(secret), 'GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ')
  })
})

const pixelsOf = (path: string, size: number, scale: number): Uint8ClampedArray => {
  const width = size * scale
  const pixels = new Uint8ClampedArray(width * width * 4).fill(255)
  for (const [, x = 0, y = 0, run = 0] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g))
    for (let row = Number(y) * scale; row < (Number(y) + 1) * scale; row += 1)
      for (let column = Number(x) * scale; column < (Number(x) + Number(run)) * scale; column += 1)
        pixels.fill(0, (row * width + column) * 4, (row * width + column) * 4 + 3)
  return pixels
}

test('the QR code is a path and nothing else, has its quiet zone, and a reader finds the URI in it', () => {
  const uri = totpUri({ secret, issuer: 'Example', account: 'ann@example.com' })
  const { path, size } = drawQrCode(uri)
  assert.match(path, /^(M\d+ \d+h\d+v1h-\d+z)+$/)
  for (const [, x, y, run] of path.matchAll(/M(\d+) (\d+)h(\d+)/g))
    assert.ok(Number(x) >= 4 && Number(y) >= 4 && Number(x) + Number(run) <= size - 4 && Number(y) < size - 4)
  const read = (decodeQrCode as unknown as typeof decodeQrCode.default)(pixelsOf(path, size, 4), size * 4, size * 4)
  assert.equal(read?.data, uri)
})
