import { chooseAgain } from '@custom-identity-platform/kit/choose-again.ts'
import { Notice, Panel, Pill } from '@custom-identity-platform/kit/panel.tsx'
import type { ListedInvitations, Membership } from '@custom-identity-platform/sdk'
import { Button, FileButton, Textarea } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { useLanguage } from '../account-context.tsx'
import { Problem } from '../parts.tsx'
import { useAction, useSensitive } from '../step-up.tsx'
import { fromDraft, type HowSent, InvitationFields, inDraft, sendingBody, usualSending } from './invitation-fields.tsx'
import { OrganizationPage } from './organization-page.tsx'
import { useOrganizationApi, useRefreshOrganization } from './queries.ts'
import { useWords } from './words.tsx'

const fine: ReadonlySet<string> = new Set(['recognised', 'invited'])
const countOf = ({ results }: ListedInvitations, outcome: string): number => results.filter((one) => one.outcome === outcome).length

const Results = ({ answer }: { readonly answer: ListedInvitations }) => {
  const { bulk } = useWords()
  const recognised = countOf(answer, 'recognised')
  const table = useRef<HTMLElement>(null)
  // The button that asked for them is gone.
  useEffect(() => table.current?.focus({ preventScroll: true }), [])
  const said = recognised > 0 || answer.invited === 0 ? bulk.recognised(recognised) : bulk.sent(answer.invited)
  return (
    <>
      <div role="status">
        <Notice kind={answer.invited > 0 ? 'good' : 'plain'}>
          <p>{said}</p>
        </Notice>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls where there is little room */}
      <section className="area-table" aria-label={bulk.results} tabIndex={0} ref={table}>
        <table>
          <caption className="hidden-text">{bulk.results}</caption>
          <thead>
            <tr>
              <th scope="col">{bulk.line}</th>
              <th scope="col">{bulk.address}</th>
              <th scope="col">{bulk.result}</th>
            </tr>
          </thead>
          <tbody>
            {answer.results.map(({ line, email, outcome }) => (
              <tr key={`${line} ${email}`}>
                <td className="number">{line}</td>
                <td>
                  <bdi>{email}</bdi>
                </td>
                <td>
                  <Pill kind={fine.has(outcome) ? 'good' : 'bad'}>{bulk.outcomes[outcome] ?? outcome}</Pill>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  )
}

type ListProps = { readonly list: string; readonly isAgain: boolean; readonly onChange: (list: string) => void }

const ListFields = ({ list, isAgain, onChange }: ListProps) => {
  const { bulk } = useWords()
  return (
    <>
      <Textarea
        {...{ label: bulk.list, description: bulk.listHint, value: list, rows: 8 }}
        spellCheck={false}
        dir="ltr"
        autoFocus={isAgain}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <div>
        <FileButton {...chooseAgain} accept=".csv,text/csv,text/plain" onChange={(file) => void file?.text().then(onChange)}>
          {(props) => (
            <Button {...props} variant="default">
              {bulk.file}
            </Button>
          )}
        </FileButton>
      </div>
    </>
  )
}

type Draft = { readonly list: string; readonly how: HowSent }
type Wish = Draft & { readonly isDry: boolean }

const useSending = (id: string, setDraft: (draft: Draft) => void) => {
  const [api, refresh] = [useOrganizationApi(id), useRefreshOrganization(id)]
  const { area } = useWords()
  const usual = usualSending(useLanguage())
  const [answer, setAnswer] = useState<ListedInvitations>()
  const [isAgain, setAgain] = useState(false)
  // What was pasted is kept over a fresh sign-in.
  const sensitive = useSensitive(
    `invite-list ${id}`,
    ({ list = '', ...kept }) => setDraft({ list, how: fromDraft(kept, usual) }),
    area.stepUp,
  )
  const action = useAction({
    run: ({ list, how, isDry }: Wish) => api.inviteList({ list, ...sendingBody(how), dry_run: isDry }),
    done: (sent) => {
      setAnswer(sent)
      return refresh('invitations')
    },
    sensitive,
    draft: ({ list, how }) => ({ list, ...inDraft(how) }),
  })
  const again = (): void => {
    action.reset()
    setAgain(true)
    setAnswer(undefined)
  }
  return { ...action, answer, isAgain, again }
}

const InviteList = ({ membership }: { readonly membership: Membership }) => {
  const { bulk } = useWords()
  const [draft, setDraft] = useState<Draft>({ list: '', how: usualSending(useLanguage()) })
  const { act, isPending, problem, answer, isAgain, again } = useSending(membership.id, setDraft)
  const recognised = answer === undefined ? 0 : countOf(answer, 'recognised')
  const isReady = draft.list.trim() !== '' && draft.how.roles.length > 0
  return (
    <Panel title={bulk.results} isOnlyOne>
      {answer === undefined ? (
        <>
          <ListFields {...{ list: draft.list, isAgain }} onChange={(list) => setDraft({ ...draft, list })} />
          <InvitationFields {...{ membership, how: draft.how, hint: bulk.rolesHint, onChange: (how) => setDraft({ ...draft, how }) }} />
        </>
      ) : (
        <Results answer={answer} />
      )}
      <Problem>{problem}</Problem>
      <div className="actions">
        {answer === undefined ? (
          <Button loading={isPending} disabled={!isReady} onClick={() => act({ ...draft, isDry: true })}>
            {bulk.check}
          </Button>
        ) : null}
        {recognised > 0 ? (
          <Button loading={isPending} onClick={() => act({ ...draft, isDry: false })}>
            {bulk.send(recognised)}
          </Button>
        ) : null}
        {answer === undefined ? null : (
          <Button variant="default" disabled={isPending} onClick={again}>
            {bulk.again}
          </Button>
        )}
        <Button component={Link} to={`/organizations/${membership.id}/invitations`} variant="subtle">
          {bulk.back}
        </Button>
      </div>
    </Panel>
  )
}

export const Page = () => {
  const { bulk } = useWords()
  return (
    <OrganizationPage section="invitations" needs="members:write" title={bulk.title} intro={bulk.intro}>
      {(membership) => <InviteList membership={membership} />}
    </OrganizationPage>
  )
}
