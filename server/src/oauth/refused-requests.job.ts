import type { EventRow } from '../events/events.ts'
import { systemClock } from '../platform/clock.ts'
import type { Provider } from './provider.ts'
import { createRefusedRequests } from './refused-requests.ts'

const flushMs = 1000

type Say = (fields: Record<string, unknown>, message: string) => void
type RefusalDeps = {
  readonly log: { readonly info: Say; readonly warn: Say }
  readonly record: (...events: readonly EventRow[]) => Promise<void>
}

/**
 * What a developer or an administrator needs who asks why a request was refused. What is refused costs no statement of its own: the events of a second
 * are written together, so that a process that is killed loses those of its last second.
 */
export const explainRefusals = ({ log, record }: RefusalDeps): { readonly explain: Provider['explain']; readonly stop: () => void } => {
  const isWorthAnEvent = createRefusedRequests(systemClock)
  const waiting: EventRow[] = []
  let timer: NodeJS.Timeout | undefined
  const flush = (): void => {
    clearTimeout(timer)
    timer = undefined
    const events = waiting.splice(0)
    if (events.length > 0) record(...events).catch((err: unknown) => log.warn({ err }, 'refusals of requests could not be recorded'))
  }
  const explain: Provider['explain'] = ({ requestId, events }, refused) => {
    const { error, rule, clientId } = refused
    if (error === 'interaction') return
    log.info({ requestId, error, clientId, rule }, 'an OAuth request was refused')
    if (events === undefined || !isWorthAnEvent(refused)) return
    waiting.push(events.make({ type: 'request.refused', clientId, payload: { error, rule: rule.slice(0, 500) } }))
    timer ??= setTimeout(flush, flushMs).unref()
  }
  return { explain, stop: flush }
}
