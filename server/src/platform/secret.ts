import { inspect } from 'node:util'

declare const brand: unique symbol

/** A sensitive string. It prints, serialises and inspects as `[secret]`; `reveal()` is the only way to the text. */
export type Secret = { readonly [brand]: 'secret'; readonly reveal: () => string }

const mask = () => '[secret]'

/** Wraps a sensitive string so that no log, error, template or JSON document can hold it by accident. */
export const secret = (text: string): Secret => {
  // Not enumerable, so that spreading, Object.assign and structured clones carry nothing.
  const members = { reveal: { value: () => text }, toString: { value: mask }, toJSON: { value: mask }, [inspect.custom]: { value: mask } }
  return Object.freeze(Object.create(null, members))
}
