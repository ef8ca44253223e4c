import { CopyField } from '@custom-identity-platform/kit/copy-field.tsx'
import { Icon } from '@custom-identity-platform/kit/icons.tsx'
import { Empty, Notice, Panel, Pill } from '@custom-identity-platform/kit/panel.tsx'
import { useToast } from '@custom-identity-platform/kit/toasts.tsx'
import type { Membership, OrganizationDomain } from '@custom-identity-platform/sdk'
import { Button } from '@mantine/core'
import { useMessages } from '../account-context.tsx'
import { Problem, When } from '../parts.tsx'
import { useAction, useSensitive } from '../step-up.tsx'
import { AskFirst, type Subject } from './ask-first.tsx'
import { AddDomain, ChangeJoining } from './domain-dialogs.tsx'
import { AreaLoaded } from './loaded.tsx'
import { may, OrganizationPage } from './organization-page.tsx'
import { useDomains, useOrganizationApi, useRefreshOrganization } from './queries.ts'
import { useRoleNames } from './role-words.ts'
import { useWords } from './words.tsx'

type State = 'proved' | 'missing' | 'lost' | 'waiting'

const stateOf = ({ verified_at: proved, missing_since: missing }: OrganizationDomain): State => {
  if (proved !== null) return missing === null ? 'proved' : 'missing'
  return missing === null ? 'waiting' : 'lost'
}

const kinds = { proved: 'good', missing: 'warn', lost: 'bad', waiting: 'warn' } as const

/** In words what the state means, and what to do. */
const Meaning = ({ state }: { readonly state: State }) => {
  const { domains } = useWords()
  const text = { proved: domains.provedText, missing: domains.missingText, lost: domains.lostText, waiting: domains.waitingText }[state]
  if (state === 'proved' || state === 'waiting') return <p className="quiet">{text}</p>
  return (
    <Notice kind={kinds[state]}>
      <p>{text}</p>
    </Notice>
  )
}

const DomainRecord = ({ record }: Pick<OrganizationDomain, 'record'>) => {
  const { domains, copy } = useWords()
  const words = { copy: copy.copy, copied: copy.copied, selectedToCopy: copy.selected }
  return (
    <section className="area-record" aria-label={domains.record}>
      <dl className="area-facts">
        <div>
          <dt>{domains.kind}</dt>
          <dd>
            <code>{record.type}</code>
          </dd>
        </div>
        <div>
          <dt>{domains.name}</dt>
          <dd>
            <CopyField value={record.name} label={domains.name} words={words} />
          </dd>
        </div>
        <div>
          <dt>{domains.value}</dt>
          <dd>
            <CopyField value={record.value} label={domains.value} words={words} />
          </dd>
        </div>
      </dl>
    </section>
  )
}

type DomainProps = {
  readonly membership: Membership
  readonly domain: OrganizationDomain
  readonly onChange: (domain: OrganizationDomain) => void
  readonly onRemove: (subject: Subject) => void
}

const Actions = ({ membership: { id: organization }, domain, onChange, onRemove }: DomainProps) => {
  const [api, refresh, toast] = [useOrganizationApi(organization), useRefreshOrganization(organization), useToast()]
  const { domains, area } = useWords()
  const { remove } = useMessages()
  const { id, domain: name } = domain
  const check = useAction({
    run: () => api.verifyDomain(id),
    done: () => {
      toast(domains.checkedNow)
      return refresh('domains')
    },
    sensitive: useSensitive(`check ${id}`, () => undefined, area.stepUp),
  })
  return (
    <>
      <Problem>{check.problem}</Problem>
      <div className="actions">
        <Button
          variant={domain.verified_at === null ? 'filled' : 'default'}
          loading={check.isPending}
          aria-label={domains.checkOf(name)}
          onClick={() => check.act()}
        >
          {domains.check}
        </Button>
        <Button variant="default" aria-label={domains.changeOf(name)} onClick={() => onChange(domain)}>
          {domains.change}
        </Button>
        <Button variant="subtle" color="red" aria-label={domains.removeOf(name)} onClick={() => onRemove({ id, name })}>
          {remove}
        </Button>
      </div>
    </>
  )
}

const Domain = (props: DomainProps) => {
  const { membership, domain } = props
  const { domains } = useWords()
  const namesOf = useRoleNames(membership)
  const state = stateOf(domain)
  return (
    <article className="stack area-domain" aria-label={domain.domain}>
      <h3 className="row-title">
        <bdi>{domain.domain}</bdi> <Pill kind={kinds[state]}>{domains[state]}</Pill>
      </h3>
      <Meaning state={state} />
      <DomainRecord record={domain.record} />
      <dl className="area-facts">
        <div>
          <dt>{domains.joining}</dt>
          <dd>{domains.joinings[domain.joining]}</dd>
        </div>
        {domain.joining === 'off' ? null : (
          <div>
            <dt>{domains.joiningRoles}</dt>
            <dd>{namesOf(domain.roles)}</dd>
          </div>
        )}
        <div>
          <dt>{domains.checked}</dt>
          <dd>
            <When at={domain.checked_at} />
          </dd>
        </div>
      </dl>
      {may(membership, 'domains:write') ? <Actions {...props} /> : null}
    </article>
  )
}

const List = (props: Omit<DomainProps, 'domain'>) => {
  const { domains } = useWords()
  return (
    <AreaLoaded query={useDomains(props.membership.id)}>
      {(all) =>
        all.length === 0 ? (
          <Empty mark={<Icon name="link" size={32} />} title={domains.none}>
            <p>{domains.noneText}</p>
          </Empty>
        ) : (
          all.map((one) => <Domain key={one.id} domain={one} {...props} />)
        )
      }
    </AreaLoaded>
  )
}

const Domains = ({ membership }: { readonly membership: Membership }) => {
  const { id } = membership
  const [api, refresh] = [useOrganizationApi(id), useRefreshOrganization(id)]
  const { area, domains } = useWords()
  const { remove } = useMessages()
  const { data: known = [] } = useDomains(id)
  const removal = { title: domains.removeAsk, text: domains.removeText, yes: remove, said: domains.removed }
  const action = may(membership, 'domains:write') ? <AddDomain membership={membership} isFirst={known.length === 0} /> : undefined
  return (
    <Panel title={area.sections.domains} {...(action === undefined ? { isOnlyOne: true } : { action })}>
      <ChangeJoining membership={membership}>
        {(onChange) => (
          <AskFirst intent={`remove-domain ${id}`} {...removal} run={api.removeDomain} refresh={() => refresh('domains')}>
            {(onRemove) => <List {...{ membership, onChange, onRemove }} />}
          </AskFirst>
        )}
      </ChangeJoining>
    </Panel>
  )
}

export const Page = () => {
  const { domains } = useWords()
  return (
    <OrganizationPage section="domains" intro={domains.intro}>
      {(membership) => <Domains membership={membership} />}
    </OrganizationPage>
  )
}
