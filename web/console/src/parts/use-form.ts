import { useToast } from '@custom-identity-platform/kit/toasts.tsx'
import { ApiError } from '@custom-identity-platform/sdk'
import { useMutation } from '@tanstack/react-query'
import { useBlocker } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { useMessages } from '../console-context.tsx'
import { ChangeWaits } from '../waiting.ts'
import { isClash, isSame, mergeDraft } from './merge-draft.ts'
import { useWaits } from './use-waits.ts'

/** What stands at the server: the draft it begins with, and the tag that a change is made on. */
export type Stored<D> = { readonly draft: D; readonly etag: string | undefined }

type FormOptions<D extends object, Output> = {
  readonly stored: Stored<D>
  readonly save: (draft: D, input: { readonly before: D; readonly ifMatch: string | undefined }) => Promise<Output>
  /** Reads it anew, where somebody else has changed it meanwhile. */
  readonly reload?: () => Promise<Stored<D>>
  readonly said?: string | ((output: Output) => string) | undefined
  readonly done?: (output: Output) => unknown
}

/** What is wrong by the path of its member, without the place it was sent in: `attributes.birthdate`. */
export const fieldErrorsOf = (error: unknown): Readonly<Record<string, string>> =>
  error instanceof ApiError
    ? { ...error.fields, ...Object.fromEntries(error.errors.map(({ loc, msg }) => [loc.slice(1).join('.'), msg])) }
    : {}

/** What the draft began with, and the draft. What was read anew takes the place of what nobody has touched. */
const useDraft = <D extends object>(stored: Stored<D>, isHeld: boolean) => {
  const [base, setBase] = useState(stored)
  const [draft, setDraft] = useState(stored.draft)
  const [seen, setSeen] = useState(stored)
  const take = (from: Stored<D>): void => {
    setBase(from)
    setDraft(from.draft)
  }
  const adopt = (from: Stored<D>, members: Partial<D>): void => {
    const drafts = { base: base.draft, theirs: { ...from.draft, ...members } }
    setDraft((known) => mergeDraft({ ...drafts, mine: { ...known, ...members } }))
    // Where somebody else has changed what was typed here, saving is to meet the conflict.
    if (!isClash({ ...drafts, mine: { ...draft, ...members } })) setBase(from)
  }
  if (!isSame(stored, seen)) {
    setSeen(stored)
    if (isSame(draft, base.draft) && !isHeld) take(stored)
  }
  return { base, setBase, draft, setDraft, take, adopt }
}

/** Asks before a draft is lost: in the console, and where the page is left. */
const useGuard = (isDirty: boolean) => {
  const { parts } = useMessages()
  const isSaved = useRef(false)
  useBlocker({
    shouldBlockFn: () => !isSaved.current && !window.confirm(parts.leave),
    enableBeforeUnload: () => !isSaved.current,
    disabled: !isDirty,
  })
  return isSaved
}

/** The draft of a form beside what is stored. Where one leaves with a draft, one is asked. */
export const useForm = <D extends object, Output>({ stored, save, reload, said, done }: FormOptions<D, Output>) => {
  const { parts } = useMessages()
  const [toast, tellWaiting] = [useToast(), useWaits()]
  const [conflict, setConflict] = useState<Stored<D>>()
  const [isDone, setDone] = useState(false)
  const { base, setBase, draft, setDraft, take, adopt } = useDraft(stored, conflict !== undefined)
  const { mutate, error, isPending } = useMutation({
    mutationFn: ({ on, wanted }: { on: Stored<D>; wanted: D }) => save(wanted, { before: on.draft, ifMatch: on.etag }),
    onSuccess: async (output, { wanted }) => {
      setBase((known) => ({ ...known, draft: wanted }))
      setConflict(undefined)
      setDone(true)
      isSaved.current = true
      toast((typeof said === 'function' ? said(output) : said) ?? parts.saved)
      await done?.(output)
    },
    onError: async (problem) => {
      if (problem instanceof ChangeWaits) {
        // Nothing is lost where the page is left: the draft is in the change that waits.
        isSaved.current = true
        tellWaiting(problem)
      }
      if (reload !== undefined && problem instanceof ApiError && problem.code === 'changed-meanwhile') setConflict(await reload())
    },
  })
  const isDirty = !isDone && !isSame(draft, base.draft)
  const isSaved = useGuard(isDirty)
  const settle = (from: Stored<D>): void => {
    take(from)
    setConflict(undefined)
  }
  return {
    ...{ draft, error, isDirty, errors: fieldErrorsOf(error), isSaving: isPending, conflict: conflict?.draft },
    set: (members: Partial<D>): void => {
      setDone(false)
      isSaved.current = false
      setDraft((known) => ({ ...known, ...members }))
    },
    /** Part of it was saved by itself: these members are as they are stored now, and what was typed in the others stays. */
    adopt,
    submit: () => mutate({ on: base, wanted: draft }),
    discard: () => settle(base),
    takeTheirs: () => conflict && settle(conflict),
    keepMine: () => conflict && mutate({ on: conflict, wanted: draft }),
  }
}

export type Form<D extends object> = ReturnType<typeof useForm<D, unknown>>
