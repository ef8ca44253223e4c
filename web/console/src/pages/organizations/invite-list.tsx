import { Notice, Panel, Pill } from '@custom-identity-platform/kit/panel.tsx'
import { pluralIn } from '@custom-identity-platform/kit/plural.ts'
import type { AdminAnswer } from '@custom-identity-platform/sdk'
import { Button, FileInput, Textarea } from '@mantine/core'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useAdmin, useLanguage, useMessages } from '../../console-context.tsx'
import { Problem } from '../../parts/failure.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { PageHead } from '../../parts/page-head.tsx'
import { PlainTable } from '../../parts/plain-table.tsx'
import { useAction } from '../../parts/use-action.ts'
import { InvitationFields, sendingBody, usualSending } from './invitation-fields.tsx'
import { useOrganization } from './organization.tsx'

type Answer = AdminAnswer<'post', '/organizations/{id}/invitations/bulk'>['body']
type Result = Answer['results'][number]
type Outcome = 'recognised' | 'invited'

const isFine = (outcome: string): outcome is Outcome => outcome === 'recognised' || outcome === 'invited'

const Results = ({ answer }: { readonly answer: Answer }) => {
  const { bulk, invitations } = useMessages().organizations
  const plural = pluralIn(useLanguage())
  const words: Readonly<Record<string, string>> = bulk.outcomes
  const recognised = answer.results.filter(({ outcome }) => outcome === 'recognised').length
  const said = recognised > 0 ? plural(recognised, bulk.recognised) : plural(answer.invited, bulk.sent)
  const result = ({ outcome }: Result) => <Pill kind={isFine(outcome) ? 'good' : 'bad'}>{words[outcome] ?? outcome}</Pill>
  return (
    <>
      <div role="status">
        <Notice kind={answer.invited > 0 ? 'good' : 'plain'}>
          <p>{said}</p>
        </Notice>
      </div>
      <PlainTable
        label={bulk.results}
        rows={answer.results}
        rowKey={({ line, email }) => `${line} ${email}`}
        none=""
        columns={[
          { key: 'line', title: bulk.line, cell: ({ line }) => line },
          { key: 'email', title: invitations.email, cell: ({ email }) => email },
          { key: 'result', title: bulk.result, cell: result },
        ]}
      />
    </>
  )
}

type ListFieldsProps = { readonly list: string; readonly onChange: (list: string) => void }

const ListFields = ({ list, onChange }: ListFieldsProps) => {
  const { bulk } = useMessages().organizations
  return (
    <>
      <Textarea
        {...{ label: bulk.list, description: bulk.listHint, value: list }}
        autosize
        minRows={6}
        maxRows={16}
        spellCheck={false}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <FileInput label={bulk.file} accept=".csv,text/csv,text/plain" onChange={(file) => void file?.text().then(onChange)} />
    </>
  )
}

const InviteMany = ({ id }: { readonly id: string }) => {
  const admin = useAdmin()
  const language = useLanguage()
  const { bulk } = useMessages().organizations
  const [list, setList] = useState('')
  const [how, setHow] = useState(usualSending(language))
  const [answer, setAnswer] = useState<Answer>()
  const { act, isPending, error } = useAction({
    run: async (isDry: boolean) =>
      (await admin.post('/organizations/{id}/invitations/bulk', { path: { id }, body: { list, ...sendingBody(how), dry_run: isDry } }))
        .body,
    refresh: [['organizations', 'invitations', id]],
    done: setAnswer,
  })
  const plural = pluralIn(language)
  const recognised = answer?.results.filter(({ outcome }) => outcome === 'recognised').length ?? 0
  return (
    <Panel title={bulk.results} isOnlyOne>
      {answer === undefined ? (
        <>
          <ListFields list={list} onChange={setList} />
          <InvitationFields how={how} hint={bulk.rolesHint} onChange={(members) => setHow((known) => ({ ...known, ...members }))} />
        </>
      ) : (
        <Results answer={answer} />
      )}
      <Problem error={error} />
      <div className="form-foot">
        {answer === undefined ? (
          <Button loading={isPending} disabled={list.trim() === '' || how.roles.length === 0} onClick={() => act(true)}>
            {bulk.check}
          </Button>
        ) : null}
        {recognised > 0 ? (
          <Button loading={isPending} onClick={() => act(false)}>
            {plural(recognised, bulk.send)}
          </Button>
        ) : null}
        {answer === undefined ? null : (
          <Button variant="default" disabled={isPending} onClick={() => setAnswer(undefined)}>
            {bulk.again}
          </Button>
        )}
      </div>
    </Panel>
  )
}

export const Page = () => {
  const { id = '' } = useParams({ strict: false }) as { readonly id?: string }
  const { bulk } = useMessages().organizations
  return (
    <Loaded query={useOrganization(id)}>
      {({ organization }) => (
        <>
          <PageHead title={bulk.title} text={bulk.intro} up={{ to: `/organizations/${id}`, title: organization.name }} />
          <InviteMany id={id} />
        </>
      )}
    </Loaded>
  )
}
