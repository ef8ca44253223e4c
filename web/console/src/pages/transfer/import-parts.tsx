import type { AdminAnswer } from '@custom-identity-platform/sdk'
import { useMessages } from '../../console-context.tsx'
import { StatusPill } from '../../parts/status-pill.tsx'

export type Import = AdminAnswer<'get', '/imports'>['body']['imports'][number]

export const importsKey = ['imports'] as const

export const ImportState = ({ state }: Pick<Import, 'state'>) => (
  <StatusPill
    status={state as 'open' | 'finished' | 'cancelled'}
    words={useMessages().transfer.states}
    kinds={{ open: 'warn', finished: 'good', cancelled: 'plain' }}
  />
)

/** Files that were chosen in this tab, by their import: what is under way goes on while one looks at other pages. */
export const chosenFiles = new Map<string, File>()
