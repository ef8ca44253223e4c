import { saveFile } from '@custom-identity-platform/kit/save-file.ts'
import { useToast } from '@custom-identity-platform/kit/toasts.tsx'
import { Button } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { useLanguage, useMessages } from '../console-context.tsx'
import { Problem } from './failure.tsx'

type DownloadProps = {
  /** What the button says. */
  readonly label: string
  readonly name: string
  readonly start: (signal: AbortSignal) => Promise<Response>
}

const sizeIn = (language: string) => (bytes: number) => {
  const isLarge = bytes >= 1_000_000
  return new Intl.NumberFormat(language, {
    ...{ style: 'unit', unit: isLarge ? 'megabyte' : 'kilobyte' },
    maximumFractionDigits: isLarge ? 1 : 0,
  }).format(bytes / (isLarge ? 1_000_000 : 1000))
}

const drawEveryMs = 200

/** Reads an answer to its end. Throws where it is cut off, so that half a file is never taken for a whole one. */
const readAll = async (answer: Response, onBytes: (bytes: number) => void): Promise<Blob> => {
  const parts: BlobPart[] = []
  let [bytes, drawnAt] = [0, 0]
  for await (const part of answer.body ?? []) {
    parts.push(part as Uint8Array<ArrayBuffer>)
    bytes += part.byteLength
    if (performance.now() - drawnAt < drawEveryMs) continue
    drawnAt = performance.now()
    onBytes(bytes)
  }
  return new Blob(parts, { type: answer.headers.get('content-type') ?? '' })
}

/** What is read of it so far; undefined where nothing is under way. */
const useDownload = ({ name, start }: Omit<DownloadProps, 'label'>) => {
  const { download } = useMessages().events
  const toast = useToast()
  const [bytes, setBytes] = useState<number>()
  const [error, setError] = useState<unknown>()
  const control = useRef<AbortController>(undefined)
  useEffect(() => () => control.current?.abort(), [])
  const run = async (): Promise<void> => {
    const own = new AbortController()
    control.current = own
    setError(undefined)
    setBytes(0)
    try {
      saveFile(name, await readAll(await start(own.signal), setBytes))
      toast(download.done)
    } catch (problem) {
      if (!own.signal.aborted) setError(problem)
    } finally {
      setBytes(undefined)
    }
  }
  return { bytes, error, run, cancel: () => control.current?.abort() }
}

/** A download of unknown length: how much has come, and a way to stop it. */
export const Download = ({ label, ...rest }: DownloadProps) => {
  const { download } = useMessages().events
  const size = sizeIn(useLanguage())
  const { bytes, error, run, cancel } = useDownload(rest)
  return (
    <div className="stack-tight">
      <div className="form-foot">
        <Button onClick={() => void run()} loading={bytes !== undefined}>
          {label}
        </Button>
        {bytes === undefined ? null : (
          <>
            <Button variant="default" onClick={cancel}>
              {download.cancel}
            </Button>
            <span className="quiet number" role="status">
              {download.running(size(bytes))}
            </span>
          </>
        )}
      </div>
      <Problem error={error} />
    </div>
  )
}
