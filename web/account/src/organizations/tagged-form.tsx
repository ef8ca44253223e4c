import { Notice } from '@custom-identity-platform/kit/panel.tsx'
import { useToast } from '@custom-identity-platform/kit/toasts.tsx'
import { ApiError, type Tagged } from '@custom-identity-platform/sdk'
import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useAction, useSensitive } from '../step-up.tsx'
import { keyOf, useRefreshOrganization } from './queries.ts'
import { useWords } from './words.tsx'

type FormOptions<Body, Draft> = {
  readonly id: string
  readonly part: 'policy' | 'look'
  readonly stored: Tagged<Body>
  readonly draftOf: (body: Body) => Draft
  readonly read: () => Promise<Tagged<Body>>
  readonly save: (draft: Draft, on: { readonly ifMatch: string | undefined }) => Promise<Tagged<Body>>
  readonly said: string
}

const isConflict = (error: unknown): boolean => error instanceof ApiError && error.code === 'changed-meanwhile'

/** What was written over a fresh sign-in, by this form itself. */
const readKept = <Draft,>({ draft }: Readonly<Record<string, string>>): Draft | undefined =>
  draft === undefined ? undefined : (JSON.parse(draft) as Draft)

/**
 * A draft beside what stands at the server. It is kept at errors and over a fresh sign-in; where somebody else has saved meanwhile, the newer state
 * is offered, and nothing is written over it unasked.
 */
export const useTaggedForm = <Body, Draft extends object>(options: FormOptions<Body, Draft>) => {
  const { id, part: name, stored, draftOf, read, save, said } = options
  const [queries, toast, refresh] = [useQueryClient(), useToast(), useRefreshOrganization(id)]
  const { area } = useWords()
  const [edited, setEdited] = useState<Draft>()
  const [theirs, setTheirs] = useState<Tagged<Body>>()
  const before = draftOf(stored.body)
  const draft = edited ?? before
  const settle = (to: Tagged<Body>): void => {
    queries.setQueryData(keyOf(id, name), to)
    setTheirs(undefined)
    setEdited(undefined)
  }
  const sensitive = useSensitive(`${name} ${id}`, (kept) => setEdited(readKept<Draft>(kept)), area.stepUp)
  const { act, error, isPending, problem, reset } = useAction({
    run: ({ wanted, on }: { readonly wanted: Draft; readonly on: string | undefined }) =>
      save(wanted, { ifMatch: on }).catch(async (failure: unknown) => {
        if (isConflict(failure)) setTheirs(await read())
        throw failure
      }),
    done: (saved) => {
      settle(saved)
      toast(said)
      return refresh()
    },
    sensitive,
    draft: ({ wanted }) => ({ draft: JSON.stringify(wanted) }),
  })
  return {
    ...{ draft, error, theirs, isSaving: isPending, sensitive },
    problem: theirs === undefined ? problem : undefined,
    isDirty: JSON.stringify(draft) !== JSON.stringify(before),
    set: (members: Partial<Draft>): void => {
      reset()
      setEdited({ ...draft, ...members })
    },
    submit: (): void => act({ wanted: draft, on: stored.etag }),
    showTheirs: (): void => {
      reset()
      if (theirs !== undefined) settle(theirs)
    },
    saveMine: (): void => act({ wanted: draft, on: theirs?.etag }),
    /** A part was saved by itself: it stands in the draft, which is otherwise left as it is. */
    keepOthers: (saved: Tagged<Body>, part: Partial<Draft>): void => {
      queries.setQueryData(keyOf(id, name), saved)
      setEdited((known) => known && { ...known, ...part })
    },
  }
}

type ConflictProps = Pick<ReturnType<typeof useTaggedForm<unknown, object>>, 'theirs' | 'isSaving' | 'showTheirs' | 'saveMine'>

/** Somebody else was quicker: whose state it is to be. */
export const Conflict = ({ theirs, isSaving, showTheirs, saveMine }: ConflictProps) => {
  const { conflict } = useWords()
  if (theirs === undefined) return null
  return (
    <Notice kind="warn" isAlert>
      <p>
        <strong>{conflict.title}.</strong> {conflict.text}
      </p>
      <div className="actions">
        <Button variant="default" disabled={isSaving} onClick={showTheirs}>
          {conflict.theirs}
        </Button>
        <Button variant="default" loading={isSaving} onClick={saveMine}>
          {conflict.mine}
        </Button>
      </div>
    </Notice>
  )
}
