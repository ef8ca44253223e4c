import type { GuardedFetch } from './guarded-fetch.ts'

/** Fetches a JSON document; undefined where nothing usable came. */
export const jsonBy =
  (fetch: GuardedFetch) =>
  async (uri: string): Promise<unknown> => {
    try {
      const { status, text } = await fetch(uri, { accept: 'application/json' })
      return status === 200 ? JSON.parse(text) : undefined
    } catch {
      return undefined
    }
  }
