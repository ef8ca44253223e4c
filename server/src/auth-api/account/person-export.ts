import type { EventRow } from '../../events/events.ts'

/** Everything that is kept of a person, secrets apart; `event` tells that it was read. */
export type PersonExport = (
  tenantId: string,
  input: { readonly userId: string; readonly event: EventRow },
) => Promise<Readonly<Record<string, unknown>> | undefined>
