import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

type Encoding =
  | { readonly kind: 'encoded'; readonly image: { readonly mediaType: 'image/webp'; readonly bytes: Uint8Array } }
  /** Not a picture that can be decoded, or not within its time. */
  | { readonly kind: 'unreadable' }
  /** Too many are under way: the same request succeeds later. */
  | { readonly kind: 'busy' }
  /** This machine has no decoder. */
  | { readonly kind: 'unavailable' }

export type PictureEncoder = (bytes: Uint8Array) => Promise<Encoding>

const program = fileURLToPath(new URL('./picture-program.job.ts', import.meta.url))
const outputMax = 65_536
const flags = ['--disable-warning=ExperimentalWarning', '--max-old-space-size=64']

// Nothing of ours: no address, no secret. On Windows a process does not start without its system folder.
const environment = process.platform === 'win32' ? { SystemRoot: 'C:\\Windows' } : {}

type EncoderOptions = {
  /** Pictures at once; each takes a core and about 60 MB for a quarter of a second. */
  readonly parallel?: number
  readonly waitingMax?: number
  readonly timeoutMs?: number
  /** What is run in place of the encoder; for tests. */
  readonly programPath?: string
}

const run = (bytes: Uint8Array, { timeoutMs, programPath }: { timeoutMs: number; programPath: string }): Promise<Encoding> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [...flags, programPath], {
      ...{ env: environment, stdio: ['pipe', 'pipe', 'ignore'], timeout: timeoutMs, killSignal: 'SIGKILL' },
    })
    const parts: Buffer[] = []
    let size = 0
    child.stdout.on('data', (part: Buffer) => {
      size += part.length
      parts.push(part)
      if (size > outputMax) child.kill('SIGKILL')
    })
    // A program that has ended before it read everything.
    child.stdin.on('error', () => undefined)
    child.on('error', () => resolve({ kind: 'unavailable' }))
    child.on('close', (code) => {
      if (code === 0 && size > 0 && size <= outputMax)
        resolve({ kind: 'encoded', image: { mediaType: 'image/webp', bytes: Buffer.concat(parts) } })
      else resolve({ kind: code === 3 ? 'unavailable' : 'unreadable' })
    })
    child.stdin.end(bytes)
  })

/**
 * Makes every picture anew in a process of its own: a square of 256 pixels as WebP, without the metadata and whatever else the file carried.
 * Few at once, and few waiting; each within its time.
 */
export const createPictureEncoder = (options: EncoderOptions = {}): PictureEncoder => {
  const { parallel = 1, waitingMax = 8, timeoutMs = 5000, programPath = program } = options
  const waiting: (() => void)[] = []
  let running = 0
  const release = (): void => {
    const next = waiting.shift()
    if (next === undefined) running -= 1
    else next()
  }
  return async (bytes) => {
    if (running < parallel) running += 1
    else if (waiting.length >= waitingMax) return { kind: 'busy' }
    else await new Promise<void>((resolve) => waiting.push(resolve))
    return run(bytes, { timeoutMs, programPath }).finally(release)
  }
}
