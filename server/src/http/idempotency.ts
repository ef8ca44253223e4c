import { equalBytes, sha256 } from '../platform/digest.ts'
import { AppError, conflict } from './errors.ts'
import type { AnyReply } from './route.ts'

/** The first of several equal requests: it may go ahead. Otherwise what became of the first. */
export type Claim =
  | { readonly kind: 'first' }
  | { readonly kind: 'under-way'; readonly fingerprint: Uint8Array }
  | { readonly kind: 'answered'; readonly fingerprint: Uint8Array; readonly answer: AnyReply }

type Key = { readonly actor: string; readonly key: string }
export type Idempotency = {
  readonly claim: (input: Key & { readonly fingerprint: Uint8Array }) => Promise<Claim>
  readonly keep: (input: Key, answer: AnyReply) => Promise<void>
  /** The request was refused and changed nothing: it may be sent again, mended. */
  readonly release: (input: Key) => Promise<void>
}

/** Where no route is repeatable. */
export const noIdempotency: Idempotency = {
  claim: async () => ({ kind: 'first' }),
  keep: async () => undefined,
  release: async () => undefined,
}

type Asked = { readonly actor: string; readonly method: string; readonly path: string; readonly body: unknown }
type Outcome = { readonly answer: AnyReply; readonly isRepeated: boolean }

const keyForm = /^[\x21-\x7e]{1,255}$/

const readKey = (text: string | readonly string[]): string => {
  if (typeof text === 'string' && keyForm.test(text)) return text
  throw new AppError({
    status: 400,
    code: 'bad-idempotency-key',
    detail: 'Idempotency-Key should be one value of 1 to 255 visible characters.',
  })
}

const assertSame = (fingerprint: Uint8Array, kept: Uint8Array): void => {
  if (!equalBytes(fingerprint, Buffer.from(kept)))
    throw new AppError({
      status: 422,
      code: 'idempotency-key-reused',
      detail: 'This Idempotency-Key came with another request before. Make a new key for a new request.',
    })
}

/**
 * Runs a request once for its `Idempotency-Key` and gives later ones the same answer for a day. A request that failed changed nothing and frees the key;
 * one whose outcome is not known (the server was killed meanwhile) keeps it, and the answer says to look first.
 */
export const idempotently = async (
  store: Idempotency,
  { key: given, asked }: { readonly key: string | readonly string[] | undefined; readonly asked: Asked },
  run: () => Promise<AnyReply> | AnyReply,
): Promise<Outcome> => {
  if (given === undefined) return { answer: await run(), isRepeated: false }
  const own = { actor: asked.actor, key: readKey(given) }
  const fingerprint = sha256(JSON.stringify([asked.method, asked.path, asked.body ?? null]))
  const claim = await store.claim({ ...own, fingerprint })
  if (claim.kind !== 'first') assertSame(fingerprint, claim.fingerprint)
  if (claim.kind === 'answered') return { answer: claim.answer, isRepeated: true }
  if (claim.kind === 'under-way')
    throw conflict('request-under-way', 'A request with this Idempotency-Key is under way, or was cut off. Look whether it took effect.')
  try {
    const answer = await run()
    await (answer.status < 400 ? store.keep(own, answer) : store.release(own))
    return { answer, isRepeated: false }
  } catch (error) {
    if (error instanceof AppError) await store.release(own)
    throw error
  }
}
