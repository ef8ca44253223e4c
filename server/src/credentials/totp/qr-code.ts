import { encode } from 'uqr'

/** A QR code as one SVG path over a square of `size` units, quiet zone included: `<svg viewBox="0 0 size size"><path d="path"/></svg>`. */
export type QrCode = { readonly path: string; readonly size: number }

/** Modules left blank on every side (ISO/IEC 18004 section 6.3.8). */
const quietZone = 4

const runsOf = (row: readonly boolean[], y: number): string => {
  let path = ''
  for (let x = 0; x < row.length; x += 1) {
    if (row[x] !== true) continue
    const start = x
    while (row[x + 1] === true) x += 1
    const width = x + 1 - start
    path += `M${start} ${y}h${width}v1h-${width}z`
  }
  return path
}

/** Draws dark modules only; error correction M reads through 15 % of damage. */
export const drawQrCode = (text: string): QrCode => {
  const { data, size } = encode(text, { ecc: 'M', border: quietZone })
  return { path: data.map(runsOf).join(''), size }
}
