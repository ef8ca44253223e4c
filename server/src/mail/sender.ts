import type { TemplateName, Words } from './templates.ts'

/** A message ready to leave. Its id is the same at every attempt, so that whoever takes it can tell a repetition. */
export type Letter = {
  readonly id: string
  readonly channel: 'email' | 'sms'
  readonly to: string
  readonly template: TemplateName
  readonly language: string
  /** The name of the tenant that it speaks for. */
  readonly brand: string
  readonly words: Words
  readonly subject: string
  /** The text part of a mail, or the whole of an SMS. */
  readonly text: string
  readonly html: string
}

/** `refused` is for good, `failed` is tried again. The error is for operators and tells nothing of what the message says. */
export type Sending = { readonly kind: 'sent' } | { readonly kind: 'refused' | 'failed'; readonly error: string }

/** A way out: it gives up when the signal does. */
export type Sender = {
  readonly send: (letter: Letter, signal: AbortSignal) => Promise<Sending>
  readonly close: () => void
}
