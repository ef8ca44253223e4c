const side = 256
const bytesMax = 65_536

/** The middle of a picture as a square of at most 256 pixels and 64 KiB; undefined where it is no picture that the browser can read. */
export const resizePicture = async (file: Blob): Promise<Blob | undefined> => {
  const picture = await createImageBitmap(file).catch(() => undefined)
  if (picture === undefined) return undefined
  const cut = Math.min(picture.width, picture.height)
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = Math.min(side, cut)
  const from = [(picture.width - cut) / 2, (picture.height - cut) / 2] as const
  canvas.getContext('2d')?.drawImage(picture, from[0], from[1], cut, cut, 0, 0, canvas.width, canvas.height)
  picture.close()
  // A browser without WebP writes PNG, which is asked again as JPEG where it is too large.
  for (const [type, quality] of [['image/webp', 0.86] as const, ['image/jpeg', 0.8] as const, ['image/jpeg', 0.5] as const]) {
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, type, quality))
    if (blob !== null && blob.size <= bytesMax) return blob
  }
  return undefined
}
