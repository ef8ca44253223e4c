import { createPictureEncoder } from '../../users/picture-encoder.job.ts'
import { type Finding, ok, warn } from './check.ts'

// The smallest PNG: one pixel.
const pixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

/** Whether people can give themselves a picture: one is made, as the server makes them. */
export const checkPictures = async (): Promise<Finding> => {
  const { kind } = await createPictureEncoder()(Buffer.from(pixel, 'base64'))
  if (kind === 'encoded') return ok('pictures', 'pictures of people can be decoded and made anew')
  return warn(
    'pictures',
    'pictures of people cannot be decoded',
    'Install the dependencies anew with their optional packages: npm ci --include=optional',
  )
}
