// A process of its own, started for one picture: what strangers send is decoded here, with no secret in the environment, and whatever it does to
// the decoder ends with the process. Reads a picture from its input and writes a WebP of 256 pixels to its output.
// Ends with 0 where it is made, 2 where the picture cannot be read, 3 where this machine has no decoder.
import { buffer } from 'node:stream/consumers'

const side = 256
const bytesMax = 65_536
const pixelsMax = 1024 * 1024

const load = () => import('sharp').then(({ default: sharp }) => sharp).catch(() => process.exit(3))

const sharp = await load()
sharp.cache(false)
sharp.concurrency(1)
// libvips can read far more than three kinds; what is not loaded cannot be attacked.
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({ operation: ['VipsForeignLoadPngBuffer', 'VipsForeignLoadJpegBuffer', 'VipsForeignLoadWebpBuffer'] })

const input = await buffer(process.stdin)

/** The middle of the first frame, turned as its camera held it, in sRGB and without any metadata. */
const encode = (quality: number): Promise<Buffer> =>
  sharp(input, { limitInputPixels: pixelsMax, failOn: 'error', pages: 1 })
    .autoOrient()
    .resize(side, side, { fit: 'cover' })
    .webp({ quality })
    .toBuffer()

const made = async (): Promise<Buffer | undefined> => {
  for (const quality of [86, 60, 30]) {
    const bytes = await encode(quality)
    if (bytes.length <= bytesMax) return bytes
  }
  return undefined
}

const bytes = await made().catch(() => undefined)
if (bytes === undefined) process.exitCode = 2
else process.stdout.end(bytes)
