import { useToast } from '@custom-identity-platform/kit/toasts.tsx'
import { type ReactNode, useState } from 'react'
import { keepFocus } from '../arrival.ts'
import { Confirm } from '../parts.tsx'
import { useAction, useSensitive } from '../step-up.tsx'
import { useWords } from './words.tsx'

/** What something is done with, and how it is called. */
export type Subject = { readonly id: string; readonly name: string }

type AskFirstProps = {
  /** By which it is found again after a fresh sign-in. */
  readonly intent: string
  readonly title: (name: string) => string
  readonly text: string
  readonly yes: string
  readonly isDangerous?: boolean
  readonly said: string
  readonly run: (id: string) => Promise<unknown>
  readonly refresh: () => Promise<unknown>
  readonly children: (ask: (subject: Subject) => void) => ReactNode
}

/** Does something with one of several after saying what will happen. */
export const AskFirst = ({ intent, title, text, yes, isDangerous = true, said, run, refresh, children }: AskFirstProps) => {
  const toast = useToast()
  const { area } = useWords()
  const [subject, setSubject] = useState<Subject>()
  const sensitive = useSensitive(intent, ({ id = '', name = '' }) => setSubject({ id, name }), area.stepUp)
  const { act, isPending, problem, reset } = useAction({
    run: ({ id }: Subject) => run(id),
    done: async () => {
      setSubject(undefined)
      toast(said)
      await refresh()
      keepFocus()
    },
    sensitive,
    draft: ({ id, name }) => ({ id, name }),
  })
  const ask = (one: Subject): void => {
    reset()
    setSubject(one)
  }
  return (
    <>
      {children(ask)}
      {subject === undefined ? null : (
        <Confirm
          {...{ title: title(subject.name), text, yes, isDangerous, isBusy: isPending, problem }}
          {...{ onYes: () => act(subject), onClose: () => setSubject(undefined) }}
        />
      )}
    </>
  )
}
