import { Dialog, DialogFoot } from '@custom-identity-platform/kit/dialog.tsx'
import { Bones, Notice } from '@custom-identity-platform/kit/panel.tsx'
import { relativeTime } from '@custom-identity-platform/kit/relative-time.ts'
import { Button } from '@mantine/core'
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useLanguage, useMessages } from './account-context.tsx'
import { sentenceOf } from './problem.ts'

/** The head of a page. */
export const PageHead = ({ title, children }: { readonly title: string; readonly children?: ReactNode }) => (
  <header className="page-head">
    <h1 tabIndex={-1}>{title}</h1>
    {children === undefined ? null : <p>{children}</p>}
  </header>
)

type LoadedProps<T> = { readonly query: UseQueryResult<T>; readonly children: (value: T) => ReactNode }

/** What was asked for: on its way, there, or why it is not. */
export const Loaded = <T,>({ query, children }: LoadedProps<T>) => {
  const messages = useMessages()
  if (query.data !== undefined) return children(query.data)
  if (query.isPending) return <Bones label={messages.loading} />
  return (
    <Notice kind="bad" isAlert>
      <p>
        <strong>{messages.problem.title}.</strong> {sentenceOf(query.error, messages)}
      </p>
      <div>
        <Button variant="default" size="xs" onClick={() => query.refetch()}>
          {messages.tryAgain}
        </Button>
      </div>
    </Notice>
  )
}

/** A sentence about what went wrong, read out when it appears. */
export const Problem = ({ children }: { readonly children: string | undefined }) =>
  children === undefined ? null : (
    <Notice kind="bad" isAlert>
      <p>{children}</p>
    </Notice>
  )

type ConfirmProps = {
  readonly title: string
  readonly text: string
  readonly yes: string
  readonly isDangerous?: boolean
  readonly isBusy: boolean
  readonly problem: string | undefined
  readonly onYes: () => void
  readonly onClose: () => void
}

export const Confirm = ({ title, text, yes, isDangerous = true, isBusy, problem, onYes, onClose }: ConfirmProps) => {
  const { cancel } = useMessages()
  return (
    <Dialog title={title} onClose={onClose} isBusy={isBusy}>
      <p>{text}</p>
      <Problem>{problem}</Problem>
      <DialogFoot>
        <Button variant="default" onClick={onClose} disabled={isBusy}>
          {cancel}
        </Button>
        <Button {...(isDangerous ? { color: 'red' } : {})} onClick={onYes} loading={isBusy}>
          {yes}
        </Button>
      </DialogFoot>
    </Dialog>
  )
}

/** A time as people say it; the exact one is its title. */
export const When = ({ at }: { readonly at: string | null }) => {
  const language = useLanguage()
  const { never } = useMessages()
  if (at === null) return never
  const date = new Date(at)
  return (
    <time dateTime={at} title={date.toLocaleString(language)} className="number">
      {relativeTime(date, { language, now: Date.now() })}
    </time>
  )
}

/** The browser and system of a session or an event; undefined where the server could tell neither. */
export const deviceOf = ({ device }: { readonly device: string | null }): string | undefined =>
  device === null || device === '?' ? undefined : device

export const useDay = () => {
  const language = useLanguage()
  return (at: string): string => new Date(at).toLocaleDateString(language, { dateStyle: 'long' })
}
