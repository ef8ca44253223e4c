import { Icon } from '@custom-identity-platform/kit/icons.tsx'
import { Notice, Panel, Pill } from '@custom-identity-platform/kit/panel.tsx'
import type { AdminAnswer } from '@custom-identity-platform/sdk'
import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useAdmin, useMay, useMessages } from '../../console-context.tsx'
import { AskButton } from '../../parts/ask-button.tsx'
import { CopyField } from '../../parts/copy-field.tsx'
import { DefinitionList } from '../../parts/definition-list.tsx'
import { Problem } from '../../parts/failure.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { TimeAgo } from '../../parts/time-ago.tsx'
import { useAction } from '../../parts/use-action.ts'
import { RoleChoice, useRoleNames } from './organization-parts.tsx'

type Domain = AdminAnswer<'get', '/organizations/{id}/domains'>['body']['domains'][number]
type Joining = Domain['joining']
type How = { readonly joining: Joining; readonly roles: readonly string[] }
type Props = { readonly id: string; readonly domain: Domain }

const joinings: readonly Joining[] = ['off', 'ask', 'automatic']
const keyOf = (id: string): readonly string[] => ['organizations', 'domains', id]

const JoiningFields = ({ how, onChange }: { readonly how: How; readonly onChange: (members: Partial<How>) => void }) => {
  const { domains } = useMessages().organizations
  return (
    <>
      <NativeSelect
        {...{ label: domains.joining, description: domains.joiningHint, value: how.joining }}
        data={joinings.map((value) => ({ value, label: domains.joinings[value] }))}
        onChange={({ currentTarget: { value } }) => onChange({ joining: joinings.find((one) => one === value) ?? 'off' })}
      />
      {how.joining === 'off' ? null : <RoleChoice chosen={how.roles} onChange={(roles) => onChange({ roles })} />}
    </>
  )
}

const Add = ({ id }: { readonly id: string }) => {
  const admin = useAdmin()
  const { domains } = useMessages().organizations
  const [name, setName] = useState('')
  const [how, setHow] = useState<How>({ joining: 'off', roles: ['member'] })
  return (
    <AskButton
      {...{ label: domains.add, said: domains.added, refresh: [keyOf(id)] }}
      isReady={name.trim() !== '' && how.roles.length > 0}
      onOpen={() => setName('')}
      run={() =>
        admin.post('/organizations/{id}/domains', {
          path: { id },
          body: { domain: name.trim(), joining: how.joining, roles: [...how.roles] },
        })
      }
    >
      <TextInput
        {...{ label: domains.domain, description: domains.domainHint, value: name }}
        inputMode="url"
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <JoiningFields how={how} onChange={(members) => setHow((known) => ({ ...known, ...members }))} />
    </AskButton>
  )
}

const DomainRecord = ({ record }: Pick<Domain, 'record'>) => {
  const { domains } = useMessages().organizations
  return (
    <div className="stack-tight">
      <p className="quiet">{domains.record}</p>
      <DefinitionList
        entries={[
          { term: domains.recordKind, value: <code>{record.type}</code> },
          { term: domains.recordName, value: <CopyField value={record.name} label={domains.recordName} /> },
          { term: domains.recordValue, value: <CopyField value={record.value} label={domains.recordValue} /> },
        ]}
      />
    </div>
  )
}

const Actions = ({ id, domain }: Props) => {
  const admin = useAdmin()
  const { domains } = useMessages().organizations
  const stored = { joining: domain.joining, roles: domain.roles }
  const [how, setHow] = useState<How>(stored)
  const path = { id, domainId: domain.id }
  const shared = { about: domain.domain, refresh: [keyOf(id)] }
  const verify = useAction({
    run: () => admin.post('/organizations/{id}/domains/{domainId}/verify', { path }),
    ...{ said: domains.verified, refresh: [keyOf(id)] },
  })
  return (
    <>
      <Problem error={verify.error} />
      <div className="actions">
        <Button
          variant={domain.verified_at === null ? 'filled' : 'default'}
          loading={verify.isPending}
          aria-label={`${domains.verify}: ${domain.domain}`}
          onClick={() => verify.act()}
        >
          {domains.verify}
        </Button>
        <AskButton
          {...{ label: domains.change, said: domains.changed, ...shared }}
          isReady={how.roles.length > 0}
          onOpen={() => setHow(stored)}
          run={() => admin.patch('/organizations/{id}/domains/{domainId}', { path, body: { joining: how.joining, roles: [...how.roles] } })}
        >
          <JoiningFields how={how} onChange={(members) => setHow((known) => ({ ...known, ...members }))} />
        </AskButton>
        <AskButton
          {...{ label: domains.remove, said: domains.removed, ...shared }}
          isDangerous
          run={() => admin.delete('/organizations/{id}/domains/{domainId}', { path })}
        >
          <p>{domains.removeText}</p>
        </AskButton>
      </div>
    </>
  )
}

const DomainPart = ({ id, domain }: Props) => {
  const { organizations } = useMessages()
  const { domains } = organizations
  const may = useMay()
  const namesOf = useRoleNames()
  const isProved = domain.verified_at !== null
  return (
    <article className="stack domain" aria-label={domain.domain}>
      <h3>
        {domain.domain} <Pill kind={isProved ? 'good' : 'warn'}>{isProved ? domains.proved : domains.waiting}</Pill>
      </h3>
      {isProved && domain.missing_since !== null ? (
        <Notice kind="warn">
          <p>
            <strong>{domains.missing}.</strong> {domains.missingText}
          </p>
        </Notice>
      ) : null}
      <DefinitionList
        entries={[
          { term: domains.joining, value: domains.joinings[domain.joining] },
          ...(domain.joining === 'off' ? [] : [{ term: organizations.roles, value: namesOf(domain.roles) }]),
          { term: domains.checked, value: <TimeAgo at={domain.checked_at} /> },
        ]}
      />
      <DomainRecord record={domain.record} />
      {may('organizations:write') ? <Actions id={id} domain={domain} /> : null}
    </article>
  )
}

/** Domains of the organization: how they are proved, and who joins by them. */
export const OrganizationDomains = ({ id }: { readonly id: string }) => {
  const admin = useAdmin()
  const may = useMay()
  const { domains } = useMessages().organizations
  const query = useQuery({
    queryKey: keyOf(id),
    queryFn: async ({ signal }) => (await admin.get('/organizations/{id}/domains', { path: { id }, signal })).body.domains,
  })
  return (
    <Panel title={domains.title} intro={domains.intro} action={may('organizations:write') ? <Add id={id} /> : undefined}>
      <Loaded query={query}>
        {(all) =>
          all.length === 0 ? (
            <p className="quiet">
              <Icon name="link" size={16} /> {domains.none}
            </p>
          ) : (
            all.map((domain) => <DomainPart key={domain.id} id={id} domain={domain} />)
          )
        }
      </Loaded>
    </Panel>
  )
}
