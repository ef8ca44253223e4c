import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { describe, test } from 'node:test'
import { deflateSync } from 'node:zlib'
import sharp from 'sharp'
import { bearer, request } from '../harness/http.ts'
import { countOf, eventsOf, isRefusal, newOwner, type Owner } from '../harness/own-account.ts'
import { failuresIn, startProvider } from '../harness/provider.ts'
import { startTestServer } from '../harness/server.ts'

const own = await startProvider()
const { url } = own
type Kind = 'png' | 'jpeg' | 'webp'

const red = { r: 200, g: 20, b: 20 }
const blue = { r: 20, g: 20, b: 200 }
const filled = (width: number, height = width, background = red) => sharp({ create: { width, height, channels: 3, background } })
/** The left half is red, the right half is blue. */
const halves = (width: number, height: number) =>
  filled(width, height).composite([{ input: { create: { width: width / 2, height, channels: 3, background: blue } }, gravity: 'east' }])
const picture = (kind: Kind, width = 64, height = width): Promise<Buffer> => filled(width, height).toFormat(kind).toBuffer()

const upload = ({ token }: Owner, body: Buffer, type = 'image/png') =>
  request(`${url}/account/v1/avatar`, { method: 'PUT', headers: { ...bearer(token), 'content-type': type }, body })

const show = async (address: string): Promise<Buffer> => Buffer.from(await (await fetch(address)).arrayBuffer())

/** What is shown after the upload. */
const shownOf = async (owner: Owner, body: Buffer): Promise<Buffer> => {
  const answer = await upload(owner, body)
  assert.equal(answer.status, 200, answer.text)
  return show((answer.json as { avatar_url: string }).avatar_url)
}

const chunk = (type: string, bytes: Buffer): Buffer => {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(bytes.length)
  return Buffer.concat([length, Buffer.from(type), bytes, Buffer.alloc(4)])
}

/** A head that promises a picture, and next to nothing behind it. */
const hollowPng = (width: number, height = width): Buffer => {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 2, 0, 0, 0], 8)
  const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', deflateSync(Buffer.alloc(16))), chunk('IEND', Buffer.alloc(0))])
}

const hollowJpeg = (width: number): Buffer =>
  Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2, 0xff, 0xc0, 0, 11, 8, 0, 16, width >> 8, width & 255, 1, 1, 0x11, 0, 0xff, 0xd9])

/** A WebP whose canvas says one size (RFC 9649 section 2.7) and whose picture has another. */
const webpSaying = (width: number, inner: Buffer): Buffer => {
  const canvas = Buffer.alloc(18)
  canvas.write('VP8X', 0, 'latin1')
  canvas.writeUInt32LE(10, 4)
  canvas.writeUIntLE(width - 1, 12, 3)
  canvas.writeUIntLE(width - 1, 15, 3)
  const chunks = Buffer.concat([canvas, inner.subarray(12)])
  const head = Buffer.alloc(12)
  head.write('RIFF', 0, 'latin1')
  head.writeUInt32LE(chunks.length + 4, 4)
  head.write('WEBP', 8, 'latin1')
  return Buffer.concat([head, chunks])
}

describe('the picture', () => {
  test('is made anew, shown to whoever has its address with headers that let it run nothing, and removed', async () => {
    const ann = await newOwner(url)
    for (const kind of ['png', 'jpeg', 'webp'] as const) {
      const answer = await upload(ann, await picture(kind, { png: 64, jpeg: 300, webp: 1024 }[kind]), 'image/png')
      assert.equal(answer.status, 200, answer.text)
      const { avatar_url: address } = answer.json as { avatar_url: string }
      assert.equal((await ann.me()).avatar_url, address)
      const { status, headers } = await request(address)
      assert.deepEqual([status, headers['content-type'], headers['x-content-type-options']], [200, 'image/webp', 'nosniff'])
      assert.deepEqual(
        [headers['cache-control'], headers['content-security-policy'], headers['content-disposition']],
        ['public, max-age=31536000, immutable', "default-src 'none'; sandbox", 'inline; filename="avatar.webp"'],
      )
      const { width, height, format } = await sharp(await show(address)).metadata()
      assert.deepEqual([width, height, format], [256, 256, 'webp'])
    }
    const { avatar_url: last } = await ann.me()
    assert.equal((await ann.remove('avatar')).status, 204)
    isRefusal(await ann.remove('avatar'), 404)
    assert.equal((await request(last ?? '')).status, 404)
    const events = await eventsOf(own, ann)
    assert.deepEqual([countOf(events, 'avatar.changed'), countOf(events, 'avatar.removed')], [3, 1])
  })

  test('J-08 keeps nothing of where and with what it was taken: EXIF with the place, XMP, colour profile and comments are gone', async () => {
    const ann = await newOwner(url)
    const marks = { IFD0: { Copyright: 'PRIVATE-MARK' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '47/1 22/1 0/1' } }
    const xmp = '<x:xmpmeta xmlns:x="adobe:ns:meta/"><!-- PRIVATE-MARK --></x:xmpmeta>'
    for (const kind of ['png', 'jpeg', 'webp'] as const) {
      const marked = await filled(80).withExif(marks).withXmp(xmp).withIccProfile('p3').toFormat(kind).toBuffer()
      const sent = await sharp(marked).metadata()
      assert.ok(sent.exif && sent.xmp && sent.icc && marked.includes('PRIVATE-MARK'), kind)
      const shown = await shownOf(ann, marked)
      const { exif, icc, xmp: kept } = await sharp(shown).metadata()
      assert.deepEqual([exif, icc, kept], [undefined, undefined, undefined], kind)
      assert.ok(!shown.includes('PRIVATE-MARK'), kind)
    }
  })

  test('J-08 what is picture and something else at once is a picture alone afterwards', async () => {
    const ann = await newOwner(url)
    const script = Buffer.from('<script>alert(document.domain)</script>')
    const comment = Buffer.concat([Buffer.from([0xff, 0xfe, 0, script.length + 2]), script])
    const jpeg = await picture('jpeg')
    const whole = await picture('png')
    const text = chunk('tEXt', Buffer.concat([Buffer.from('Comment\0'), script]))
    for (const body of [
      Buffer.concat([jpeg, script]),
      Buffer.concat([jpeg.subarray(0, 2), comment, jpeg.subarray(2)]),
      Buffer.concat([whole, Buffer.from('PK\x03\x04'), script]),
      Buffer.concat([whole.subarray(0, 33), text, whole.subarray(33)]),
      Buffer.concat([await picture('webp'), script]),
    ]) {
      const answer = await upload(ann, body)
      // A checksum that is wrong may be refused; what is taken carries nothing.
      if (answer.status === 422) continue
      assert.equal(answer.status, 200, answer.text)
      const shown = await show((answer.json as { avatar_url: string }).avatar_url)
      for (const sign of ['script', 'PK\x03\x04', 'alert']) assert.ok(!shown.includes(sign), sign)
    }
    assert.equal(countOf(await eventsOf(own, ann), 'avatar.changed') >= 4, true)
  })

  test('is the middle of what was sent, turned as the camera was held', async () => {
    const ann = await newOwner(url)
    const colorAt = async (bytes: Buffer, left: number, top: number): Promise<'red' | 'blue'> => {
      const { data } = await sharp(bytes).extract({ left, top, width: 1, height: 1 }).raw().toBuffer({ resolveWithObject: true })
      return (data[0] ?? 0) > (data[2] ?? 0) ? 'red' : 'blue'
    }
    const wide = await shownOf(ann, await halves(400, 100).png().toBuffer())
    assert.deepEqual([await colorAt(wide, 20, 128), await colorAt(wide, 236, 128)], ['red', 'blue'])
    // Orientation 6: its right side is to be shown at the bottom.
    const turned = await shownOf(ann, await halves(200, 200).jpeg().withMetadata({ orientation: 6 }).toBuffer())
    assert.deepEqual([await colorAt(turned, 128, 20), await colorAt(turned, 128, 236)], ['red', 'blue'])
  })

  test('what may be seen through stays so', async () => {
    const ann = await newOwner(url)
    const clear = await sharp({ create: { width: 40, height: 40, channels: 4, background: { ...red, alpha: 0 } } })
      .png()
      .toBuffer()
    const { data, info } = await sharp(await shownOf(ann, clear))
      .raw()
      .toBuffer({ resolveWithObject: true })
    assert.deepEqual([info.channels, data[3]], [4, 0])
  })

  test('of one that moves, the first frame is taken', async () => {
    const ann = await newOwner(url)
    const frames = await Promise.all([filled(48, 48, red), filled(48, 48, blue)].map((one) => one.png().toBuffer()))
    const moving = await sharp(frames, { join: { animated: true } })
      .webp({ loop: 0, delay: [50, 50] })
      .toBuffer()
    assert.equal((await sharp(moving).metadata()).pages, 2)
    const shown = await sharp(await shownOf(ann, moving)).metadata()
    assert.deepEqual([shown.pages ?? 1, shown.height], [1, 256])
  })

  test('J-08 a page, a drawing, something large or nothing is no picture, whatever it is called', async () => {
    const ann = await newOwner(url)
    const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    for (const bytes of [Buffer.from('<script>alert(1)</script>'), Buffer.from(svg), Buffer.from('GIF89a'), Buffer.alloc(0), hollowPng(0)])
      isRefusal(await upload(ann, bytes), 422)
    for (const bytes of [hollowPng(1025, 16), hollowPng(16, 1025), hollowJpeg(2000), webpSaying(4000, await picture('webp'))])
      isRefusal(await upload(ann, bytes), 422)
    isRefusal(await upload(ann, Buffer.concat([await picture('png'), Buffer.alloc(65_536)])), 413)
    for (const type of ['image/svg+xml', 'text/html', 'application/json']) isRefusal(await upload(ann, await picture('png'), type), 415)
    assert.equal((await ann.me()).avatar_url, null)
  })

  test('J-08 what has the head of a picture and cannot be decoded is refused, and the picture before stays', async () => {
    const ann = await newOwner(url)
    await shownOf(ann, await picture('png'))
    const before = (await ann.me()).avatar_url
    const noise = await sharp({
      create: { width: 200, height: 200, channels: 3, background: red, noise: { type: 'gaussian', mean: 128, sigma: 40 } },
    })
      .jpeg()
      .toBuffer()
    for (const bytes of [
      hollowPng(64),
      hollowJpeg(64),
      noise.subarray(0, noise.length / 2),
      (await picture('png', 300)).subarray(0, 60),
      (await picture('webp')).subarray(0, 31),
    ]) {
      const answer = await upload(ann, bytes)
      isRefusal(answer, 422)
    }
    assert.equal((await ann.me()).avatar_url, before)
  })

  test('J-08 a picture that unfolds to far more than its head says is refused before it takes memory', async () => {
    const ann = await newOwner(url)
    const bomb = await filled(8000).webp({ lossless: true }).toBuffer()
    isRefusal(await upload(ann, webpSaying(16, bomb)), 422)
    // Two heads: one that the check reads, and one that a decoder may.
    const large = await filled(2000).jpeg({ quality: 1 }).toBuffer()
    isRefusal(await upload(ann, Buffer.concat([hollowJpeg(16).subarray(0, -2), large.subarray(2)])), 422)
    for (const bytes of [bomb, large]) assert.ok(bytes.length < 60_000, `it has ${bytes.length} bytes`)
    assert.equal((await ann.me()).avatar_url, null)
  })

  test('the decoder is never loaded into the server', { skip: process.platform !== 'linux' }, async () => {
    // This process has it for the tests; a server of its own has not.
    const server = await startTestServer()
    const ann = await newOwner(server.url)
    const headers = { ...bearer(ann.token), 'content-type': 'image/png' }
    const answer = await request(`${server.url}/account/v1/avatar`, { method: 'PUT', headers, body: await picture('png') })
    assert.equal(answer.status, 200, answer.text)
    const mapped = await readFile(`/proc/${server.pid}/maps`, 'utf8')
    assert.ok(mapped.length > 1000)
    assert.doesNotMatch(mapped, /vips|sharp/)
  })

  test('is found by owner and hash together alone', async () => {
    const [ann, bob] = [await newOwner(url), await newOwner(url)]
    await shownOf(ann, await picture('png', 32))
    const address = (await ann.me()).avatar_url ?? ''
    for (const other of [
      address.replace(ann.userId, bob.userId),
      `${address.slice(0, -1)}${address.endsWith('A') ? 'B' : 'A'}`,
      address.slice(0, -1),
      `${url}/account/v1/avatar/x/y`,
    ])
      assert.equal((await request(other)).status, 404, other)
  })
})

test('nothing of this was a failure of the server', () => assert.deepEqual(failuresIn(own), []))
