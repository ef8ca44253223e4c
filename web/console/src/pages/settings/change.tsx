import { Notice, Panel } from '@custom-identity-platform/kit/panel.tsx'
import type { AdminAnswer } from '@custom-identity-platform/sdk'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useAdmin, useMay, useMe, useMessages } from '../../console-context.tsx'
import { AskButton } from '../../parts/ask-button.tsx'
import { DefinitionList } from '../../parts/definition-list.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { PageHead } from '../../parts/page-head.tsx'
import { TimeAgo } from '../../parts/time-ago.tsx'
import { ChangeStateName } from './changes-tab.tsx'
import { ConfigChanges } from './config-changes.tsx'

type Change = AdminAnswer<'get', '/changes/{id}'>['body']

const Decide = ({ change }: { readonly change: Change }) => {
  const admin = useAdmin()
  const may = useMay()
  const { user } = useMe()
  const { changes } = useMessages().settings
  const path = { id: change.id }
  const isOwn = change.proposed_by === `user ${user?.id}`
  const refresh = [['changes'], ['settings']]
  if (change.state !== 'pending' || !may('changes:write')) return null
  return (
    <>
      {isOwn ? (
        <Notice>
          <p>{changes.own}</p>
        </Notice>
      ) : null}
      <div className="actions">
        {isOwn ? null : (
          <AskButton
            {...{ label: changes.approve, said: changes.approved, refresh, variant: 'filled' }}
            run={() => admin.post('/changes/{id}/approve', { path })}
          >
            <p>{changes.approveText}</p>
          </AskButton>
        )}
        <AskButton
          {...{ label: isOwn ? changes.withdraw : changes.reject, said: changes.rejected, refresh }}
          isDangerous
          run={() => admin.post('/changes/{id}/reject', { path })}
        >
          <p>{changes.rejectText}</p>
        </AskButton>
      </div>
    </>
  )
}

const Details = ({ change }: { readonly change: Change }) => {
  const { changes, config } = useMessages().settings
  return (
    <>
      <PageHead title={change.title} up={{ to: '/settings', title: changes.back }} pill={<ChangeStateName state={change.state} />} />
      <Panel title={changes.what} isOnlyOne>
        <DefinitionList
          entries={[
            { term: changes.by, value: <span className="mono">{change.proposed_by}</span> },
            { term: changes.at, value: <TimeAgo at={change.created_at} /> },
            ...(change.state === 'pending' ? [{ term: changes.until, value: <TimeAgo at={change.expires_at} /> }] : []),
            ...(change.decided_at === null
              ? []
              : [
                  { term: changes.decidedBy, value: <span className="mono">{change.decided_by}</span> },
                  { term: changes.decided, value: <TimeAgo at={change.decided_at} /> },
                ]),
          ]}
        />
        <Decide change={change} />
      </Panel>
      <Panel title={config.counts}>
        <ConfigChanges changes={change.changes} />
      </Panel>
    </>
  )
}

/** One change that waits or waited: who asked, what it would do, and the decision. */
export const Page = () => {
  const { id = '' } = useParams({ strict: false }) as { readonly id?: string }
  const admin = useAdmin()
  const query = useQuery({
    queryKey: ['changes', 'one', id],
    queryFn: async ({ signal }) => (await admin.get('/changes/{id}', { path: { id }, signal })).body,
  })
  return <Loaded query={query}>{(change) => <Details change={change} />}</Loaded>
}
