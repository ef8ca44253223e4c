import { ApiError } from '@custom-identity-platform/sdk'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useAdmin } from '../../console-context.tsx'
import { type Import, importsKey } from './import-parts.tsx'
import { formatOf, type Part, partsOf, rowsOf } from './import-rows.ts'

type Progress = { readonly rows: number; readonly created: number; readonly present: number; readonly errors: number }

const wait = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })

const useSend = (id: string) => {
  const admin = useAdmin()
  return async ({ firstRow, rows }: Part, signal: AbortSignal): Promise<Progress> => {
    for (;;) {
      try {
        const body = { first_row: firstRow, rows: rows.map((row) => ({ ...row })) }
        return (await admin.post('/imports/{id}/rows', { path: { id }, body, signal })).body
      } catch (error) {
        // The server asks for patience: the same part a little later.
        if (!(error instanceof ApiError) || error.kind !== 'too-many' || signal.aborted) throw error
        await wait((error.retryAfterSeconds ?? 5) * 1000, signal)
      }
    }
  }
}

type Sending = {
  readonly of: Import
  readonly send: ReturnType<typeof useSend>
  readonly signal: AbortSignal
  readonly onPart: (part: Progress) => void
}

/** Sends what was not sent yet. A part that had arrived is answered as it was, so nothing is taken twice. */
const sendAll = async (file: File, { of, send, signal, onPart }: Sending): Promise<void> => {
  for await (const part of partsOf(rowsOf(file, formatOf(file.name)), of.hash_passwords && !of.dry_run)) {
    if (signal.aborted) return
    if (part.firstRow + part.rows.length - 1 <= of.rows) continue
    onPart(await send(part, signal))
  }
}

const added = (one: Progress, other: Progress): Progress => ({
  rows: one.rows + other.rows,
  created: one.created + other.created,
  present: one.present + other.present,
  errors: one.errors + other.errors,
})

const countsOf = ({ rows, created, present, errors }: Progress): Progress => ({ rows, created, present, errors })

/** An import that this tab sends, at once where `startsNow`: its progress, and how it is held and goes on. */
export const useRun = (of: Import, startsNow: boolean) => {
  const [admin, queries] = [useAdmin(), useQueryClient()]
  const send = useSend(of.id)
  const [progress, setProgress] = useState(countsOf(of))
  const [begun, setBegun] = useState(startsNow ? { at: Date.now(), rows: of.rows } : undefined)
  const [error, setError] = useState<unknown>()
  const control = useRef<AbortController>(undefined)
  useEffect(() => () => control.current?.abort(), [])
  const run = async (file: File): Promise<void> => {
    const own = new AbortController()
    control.current = own
    setError(undefined)
    setBegun({ at: Date.now(), rows: progress.rows })
    try {
      await sendAll(file, {
        of: { ...of, ...progress },
        send,
        signal: own.signal,
        onPart: (part) => setProgress((known) => added(known, part)),
      })
      if (own.signal.aborted) return
      await admin.post('/imports/{id}/finish', { path: { id: of.id } })
      await queries.invalidateQueries({ queryKey: importsKey })
    } catch (problem) {
      if (!own.signal.aborted) setError(problem)
    } finally {
      setBegun(undefined)
    }
  }
  const pause = (): void => {
    control.current?.abort()
    setBegun(undefined)
    // An answer may have been lost on the way: what has arrived is read anew.
    void queries.invalidateQueries({ queryKey: [...importsKey, 'one', of.id] })
  }
  return { progress: begun === undefined ? countsOf(of.rows > progress.rows ? of : progress) : progress, begun, error, run, pause }
}

export type Run = ReturnType<typeof useRun>
