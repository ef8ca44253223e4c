/** What somebody was about to do when a fresher sign-in was asked for. Never holds a secret. */
export type Intent = { readonly name: string; readonly path: string; readonly draft: Draft }
export type Draft = Readonly<Record<string, string>>

const key = 'account intent'
const lifetimeMs = 900_000
type Kept = Intent & { readonly sub: string; readonly at: number }
type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

export const keepIntent = (store: Store, intent: Intent, { sub, now }: { readonly sub: string; readonly now: number }): void =>
  store.setItem(key, JSON.stringify({ ...intent, sub, at: now } satisfies Kept))

/** The intent of this action, once; nothing where it is another one's, of another person, or older than a quarter of an hour. */
export const takeIntent = (store: Store, name: string, { sub, now }: { readonly sub: string; readonly now: number }): Draft | undefined => {
  let kept: Partial<Kept>
  try {
    kept = JSON.parse(store.getItem(key) ?? '{}')
  } catch {
    return undefined
  }
  if (kept.name !== name) return undefined
  store.removeItem(key)
  return kept.sub === sub && typeof kept.at === 'number' && now - kept.at < lifetimeMs ? kept.draft : undefined
}
