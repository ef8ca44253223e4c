import type { EventRow } from '../events/events.ts'
import { systemClock } from '../platform/clock.ts'
import type { Provider } from './provider.ts'
import { createRefusedRedirects } from './refused-redirects.ts'

/** `record` writes events that no change comes with. */
type RedirectDeps = { readonly record: (...events: readonly EventRow[]) => Promise<void> }

/** What a developer needs who connects an application; the page that refuses says nothing of it. */
export const noteRefusedRedirects = ({ record }: RedirectDeps): Provider['noteRefusedRedirect'] => {
  const isNew = createRefusedRedirects(systemClock)
  return async (events, refused) => {
    if (!isNew(refused)) return false
    const { clientId, redirectUri } = refused
    const event = events.make({ type: 'client.redirect_refused', clientId, payload: { redirect_uri: redirectUri } })
    await record(event)
    return true
  }
}
