import { Notice } from '@custom-identity-platform/kit/panel.tsx'
import { useToast } from '@custom-identity-platform/kit/toasts.tsx'
import { ApiError, type StepUpRequired, type Tagged } from '@custom-identity-platform/sdk'
import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useMessages } from '../account-context.tsx'
import { Problem } from '../parts.tsx'
import { fieldsOf } from '../problem.ts'
import { useAction, useSensitive } from '../step-up.tsx'
import { keyOf, useRefreshOrganization } from './queries.ts'
import { useWords } from './words.tsx'

/** What is wanted, and the tag of the state that it was begun on: a newer one that was read meanwhile is not written over unasked. */
type Edited<Draft> = { readonly draft: Draft; readonly on: string | undefined }

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
const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)

const inIntent = (edited: Edited<unknown>) => ({ edited: JSON.stringify(edited) })

/** What was written over a fresh sign-in, by this form itself. */
const fromIntent = <Draft,>({ edited }: Readonly<Record<string, string>>): Edited<Draft> | undefined =>
  edited === undefined ? undefined : (JSON.parse(edited) as Edited<Draft>)

const useEdited = <Body, Draft extends object>({ stored, draftOf }: Pick<FormOptions<Body, Draft>, 'stored' | 'draftOf'>) => {
  const [edited, setEdited] = useState<Edited<Draft>>()
  const before = draftOf(stored.body)
  const now = edited ?? { draft: before, on: stored.etag }
  return {
    ...{ now, setEdited, isDirty: !isSame(now.draft, before) },
    change: (members: Partial<Draft>): void => {
      const draft = { ...now.draft, ...members }
      setEdited(isSame(draft, before) ? undefined : { draft, on: now.on })
    },
    /** A part was saved by itself, on the state of this tag: it stands in the draft, which is otherwise left as it is. */
    keep: (saved: Tagged<Body>, on: string | undefined, part: Partial<Draft>): void =>
      setEdited((known) => known && { draft: { ...known.draft, ...part }, on: known.on === on ? saved.etag : known.on }),
  }
}

/**
 * A draft beside what stands at the server. It is kept at errors and over a fresh sign-in; where somebody else has saved meanwhile, the newer state
 * is offered, and nothing is written over it unasked.
 */
export const useTaggedForm = <Body, Draft extends object>(options: FormOptions<Body, Draft>) => {
  const { id, part: name, read, save, said } = options
  const [queries, toast, refresh] = [useQueryClient(), useToast(), useRefreshOrganization(id)]
  const messages = useMessages()
  const { area } = useWords()
  const [theirs, setTheirs] = useState<Tagged<Body>>()
  const { now, isDirty, setEdited, change, keep } = useEdited(options)
  const show = (to: Tagged<Body>): unknown => queries.setQueryData(keyOf(id, name), to)
  const settle = (to: Tagged<Body>): void => {
    show(to)
    setTheirs(undefined)
    setEdited(undefined)
  }
  const sensitive = useSensitive(`${name} ${id}`, (kept) => setEdited(fromIntent<Draft>(kept)), area.stepUp)
  const { act, error, isPending, problem, reset } = useAction({
    run: ({ draft, on }: Edited<Draft>) =>
      save(draft, { ifMatch: on }).catch(async (failure: unknown) => {
        if (isConflict(failure)) setTheirs(await read())
        throw failure
      }),
    done: (saved) => {
      settle(saved)
      toast(said)
      return refresh()
    },
    ...{ sensitive, draft: inIntent },
  })
  return {
    ...{ draft: now.draft, error, fields: fieldsOf(error, messages), theirs, isDirty, isSaving: isPending },
    problem: theirs === undefined ? problem : undefined,
    set: (members: Partial<Draft>): void => {
      reset()
      change(members)
    },
    submit: (): void => act(now),
    askFor: (required: StepUpRequired): void => sensitive.askFor(inIntent(now), required),
    showTheirs: (): void => {
      reset()
      if (theirs !== undefined) settle(theirs)
    },
    saveMine: (): void => act({ draft: now.draft, on: theirs?.etag }),
    keepOthers: (...[saved, on, part]: Parameters<typeof keep>): void => {
      show(saved)
      keep(saved, on, part)
    },
  }
}

type Form = Pick<
  ReturnType<typeof useTaggedForm<unknown, object>>,
  'theirs' | 'isDirty' | 'isSaving' | 'fields' | 'problem' | 'submit' | 'showTheirs' | 'saveMine'
>

/** Somebody else was quicker: whose state it is to be. */
const Conflict = ({ theirs, isSaving, showTheirs, saveMine }: Form) => {
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

/** Whether all that is wrong is said by these fields. */
export const isBeside = ({ fields }: Pick<Form, 'fields'>, ...shown: readonly string[]): boolean => {
  const wrong = Object.keys(fields)
  return wrong.length > 0 && wrong.every((name) => shown.includes(name))
}

type EndProps = {
  readonly form: Form
  readonly isReady?: boolean
  /** Whether what is wrong is said elsewhere already. */
  readonly isSaid: boolean
}

/** What stands in the way of saving, and the button that saves. */
export const FormEnd = ({ form, isReady = true, isSaid }: EndProps) => {
  const { save } = useMessages()
  return (
    <>
      <Conflict {...form} />
      <Problem>{isSaid ? undefined : form.problem}</Problem>
      <div className="actions">
        <Button type="submit" loading={form.isSaving} disabled={!form.isDirty || !isReady || form.theirs !== undefined}>
          {save}
        </Button>
      </div>
    </>
  )
}

export const TaggedForm = ({ form, children }: { readonly form: Form; readonly children: ReactNode }) => (
  <form
    className="stack"
    noValidate
    onSubmit={(event) => {
      event.preventDefault()
      form.submit()
    }}
  >
    {children}
  </form>
)
