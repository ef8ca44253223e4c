import { Notice, Panel } from '@custom-identity-platform/kit/panel.tsx'
import { saveFile } from '@custom-identity-platform/kit/save-file.ts'
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useAdmin, useLanguage, useMay, useMessages } from '../../console-context.tsx'
import { CopyField } from '../../parts/copy-field.tsx'
import { DefinitionList } from '../../parts/definition-list.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { PageHead } from '../../parts/page-head.tsx'
import { Snippet } from '../../parts/snippet.tsx'
import { TimeAgo } from '../../parts/time-ago.tsx'
import { RetentionPanel } from './retention.tsx'

const commands = `cip audit verify
cip audit verify --checkpoint audit-checkpoint.txt`

const refreshEveryMs = 30_000

const Head = () => {
  const { audit } = useMessages().events
  const admin = useAdmin()
  const number = new Intl.NumberFormat(useLanguage())
  const query = useQuery({
    queryKey: ['events', 'audit'],
    refetchInterval: refreshEveryMs,
    queryFn: async ({ signal }) => (await admin.get('/audit', { signal })).body,
  })
  return (
    <Loaded query={query}>
      {({ size, signed_at: at, checkpoint, verifier_key: key }) =>
        checkpoint === null ? (
          <Notice>
            <p>{audit.none}</p>
          </Notice>
        ) : (
          <div className="stack">
            <DefinitionList
              entries={[
                { term: audit.size, value: <span className="number">{number.format(size)}</span> },
                { term: audit.signed, value: <TimeAgo at={at} /> },
                { term: audit.key, value: key === null ? null : <CopyField value={key} label={audit.key} /> },
              ]}
            />
            <div>
              <Button onClick={() => saveFile(`audit-checkpoint-${size}.txt`, new Blob([checkpoint], { type: 'text/plain' }))}>
                {audit.save}
              </Button>
            </div>
          </div>
        )
      }
    </Loaded>
  )
}

/** What proves that the events are as they were written. */
export const Page = () => {
  const { sections, events } = useMessages()
  const { audit } = events
  const may = useMay()
  return (
    <>
      <PageHead title={audit.title} text={audit.intro} up={{ to: '/events', title: sections.events }} />
      <Panel title={audit.tree}>
        <Head />
      </Panel>
      <Panel title={audit.verify} intro={audit.verifyText}>
        <Snippet title={audit.terminal} text={commands} />
      </Panel>
      {may('settings:read') ? <RetentionPanel /> : null}
    </>
  )
}
