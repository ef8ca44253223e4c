import type { AdminAnswer } from '@custom-identity-platform/sdk'
import { useMessages } from '../../console-context.tsx'
import { StatusPill } from '../../parts/status-pill.tsx'

export type Webhook = AdminAnswer<'get', '/webhooks'>['body']['webhooks'][number]

export const webhooksKey = ['webhooks'] as const

type State = 'good' | 'failing' | 'off' | 'shut'

const stateOf = ({ enabled, disabled_reason: reason, failing_since: failing }: Webhook): State => {
  if (!enabled) return reason === null ? 'off' : 'shut'
  return failing === null ? 'good' : 'failing'
}

export const WebhookState = ({ webhook }: { readonly webhook: Webhook }) => (
  <StatusPill
    status={stateOf(webhook)}
    words={useMessages().webhooks.states}
    kinds={{ good: 'good', failing: 'warn', off: 'plain', shut: 'bad' }}
  />
)
