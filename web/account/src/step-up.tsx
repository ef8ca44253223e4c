import { Dialog, DialogFoot } from '@custom-identity-platform/kit/dialog.tsx'
import { StepUpRequired } from '@custom-identity-platform/sdk'
import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { createContext, type ReactNode, useContext, useEffect, useRef, useState } from 'react'
import { useAccount, useLanguage, useMessages } from './account-context.tsx'
import { type Draft, type Intent, keepIntent, takeIntent } from './intent.ts'
import { sentenceOf } from './problem.ts'
import { useMe } from './queries.ts'

type Asked = { readonly intent: Intent; readonly required: StepUpRequired; readonly why: string | undefined }
const Ask = createContext<(asked: Asked) => void>(() => undefined)

/** Explains why a new sign-in is needed, keeps what was about to happen, and sends the person there. */
export const StepUpProvider = ({ children }: { readonly children: ReactNode }) => {
  const { client } = useAccount()
  const { stepUp, cancel, notWhileActing } = useMessages()
  const { data: me } = useMe()
  const language = useLanguage()
  const [asked, setAsked] = useState<Asked>()
  const go = async ({ intent, required }: Omit<Asked, 'why'>): Promise<void> => {
    keepIntent(sessionStorage, intent, { sub: client.claims()?.sub ?? '', now: Date.now() })
    const stronger = required.acrValues.filter((one) => one !== 'aal1')
    await client.signIn({ returnTo: intent.path, maxAge: required.maxAge ?? 0, essentialAcr: stronger, uiLocales: language })
  }
  return (
    <Ask value={setAsked}>
      {children}
      {asked === undefined ? null : (
        <Dialog title={stepUp.title} onClose={() => setAsked(undefined)}>
          <p>{me?.acting == null ? (asked.why ?? stepUp.text) : notWhileActing}</p>
          <DialogFoot>
            <Button variant="default" onClick={() => setAsked(undefined)}>
              {cancel}
            </Button>
            {me?.acting == null ? <Button onClick={() => go(asked)}>{stepUp.go}</Button> : null}
          </DialogFoot>
        </Dialog>
      )}
    </Ask>
  )
}

/**
 * A sensitive thing to do, by name: `begin` opens it at once after a fresh sign-in and asks for one otherwise; after that sign-in it opens by
 * itself, with the draft. `open` must be stable in what it does; `why` is said in place of the usual words.
 */
export const useSensitive = (name: string, open: (draft: Draft) => void, why?: string) => {
  const ask = useContext(Ask)
  const { client } = useAccount()
  const { data: me } = useMe()
  const latest = useRef(open)
  latest.current = open
  useEffect(() => {
    const draft = takeIntent(sessionStorage, name, { sub: client.claims()?.sub ?? '', now: Date.now() })
    if (draft !== undefined) latest.current(draft)
  }, [name, client])
  const askFor = (draft: Draft, required: StepUpRequired): void => ask({ intent: { name, path: location.pathname, draft }, required, why })
  const begin = (draft: Draft = {}): void => {
    if (me?.reauthenticated !== false) open(draft)
    else askFor(draft, new StepUpRequired({ maxAge: 0, acrValues: me.second_factor ? ['aal2'] : [] }))
  }
  return { begin, askFor }
}

export type Sensitive = ReturnType<typeof useSensitive>

type ActionOptions<Input, Output> = {
  readonly run: (input: Input) => Promise<Output>
  readonly done: (output: Output, input: Input) => unknown
  /** For what needs a fresh sign-in: how it is begun again afterwards. */
  readonly sensitive?: Sensitive | undefined
  readonly draft?: (input: Input) => Draft
}

/** A change at the server: a demand for a fresher sign-in leads there, anything else that goes wrong becomes a sentence. */
export const useAction = <Input, Output>({ run, done, sensitive, draft }: ActionOptions<Input, Output>) => {
  const messages = useMessages()
  const { mutate, error, isPending, reset } = useMutation({
    mutationFn: run,
    onSuccess: done,
    onError: (problem, input) => {
      if (problem instanceof StepUpRequired) sensitive?.askFor(draft?.(input) ?? {}, problem)
    },
  })
  const isProblem = error !== null && !(error instanceof StepUpRequired)
  return { act: mutate, error, isPending, reset, problem: isProblem ? sentenceOf(error, messages) : undefined }
}
