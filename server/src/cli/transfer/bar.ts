import { Presets, SingleBar } from 'cli-progress'

export type Bar = { readonly update: (value: number) => void; readonly stop: () => void }

/** A progress bar on standard error, where that is a terminal. */
export const startBar = (title: string, total: number): Bar => {
  if (process.stderr.isTTY !== true || total <= 0) return { update: () => undefined, stop: () => undefined }
  const format = `${title} {bar} {percentage} % | {eta_formatted} left`
  const bar = new SingleBar({ format, stream: process.stderr, clearOnComplete: true, hideCursor: true }, Presets.shades_classic)
  bar.start(total, 0)
  return { update: (value) => bar.update(Math.min(value, total)), stop: () => bar.stop() }
}
