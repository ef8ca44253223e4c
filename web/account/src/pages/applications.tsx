import { Icon } from '@custom-identity-platform/kit/icons.tsx'
import { Empty, Panel, Row, Rows } from '@custom-identity-platform/kit/panel.tsx'
import { useToast } from '@custom-identity-platform/kit/toasts.tsx'
import type { ConnectedApplication } from '@custom-identity-platform/sdk'
import { Button } from '@mantine/core'
import { useState } from 'react'
import { useApi, useMessages } from '../account-context.tsx'
import { Confirm, Loaded, PageHead, When } from '../parts.tsx'
import { useApplications, useRefresh } from '../queries.ts'
import { useAction } from '../step-up.tsx'

const nameOf = ({ name, client_id }: ConnectedApplication): string => name ?? client_id

const Revoke = ({ application }: { readonly application: ConnectedApplication }) => {
  const [api, refresh, toast] = [useApi(), useRefresh(), useToast()]
  const { applications } = useMessages()
  const [isOpen, setOpen] = useState(false)
  const name = nameOf(application)
  const { act, isPending, problem } = useAction({
    run: () => api.disconnectApplication(application.client_id),
    done: () => {
      setOpen(false)
      toast(applications.revoked(name))
      return refresh('applications', 'sessions')
    },
  })
  const title = applications.revokeTitle(name)
  return (
    <>
      <Button variant="default" size="xs" aria-label={`${applications.revoke}: ${name}`} onClick={() => setOpen(true)}>
        {applications.revoke}
      </Button>
      {isOpen ? (
        <Confirm
          {...{ title, text: applications.revokeText, yes: applications.revoke, isBusy: isPending, problem }}
          {...{ onYes: () => act(), onClose: () => setOpen(false) }}
        />
      ) : null}
    </>
  )
}

const Application = ({ application }: { readonly application: ConnectedApplication }) => {
  const { applications } = useMessages()
  const times = (
    <>
      {applications.granted} <When at={application.granted_at} />, {applications.lastUsed} <When at={application.last_used_at} />
    </>
  )
  return (
    <Row
      mark={<span>{nameOf(application).charAt(0).toUpperCase()}</span>}
      title={nameOf(application)}
      lines={[times, application.scopes.map(({ description }) => description).join(' · ') || null]}
      actions={<Revoke application={application} />}
    />
  )
}

export const Page = () => {
  const { pages, applications } = useMessages()
  return (
    <>
      <PageHead title={pages.applications}>{applications.intro}</PageHead>
      <Panel isOnlyOne title={applications.title}>
        <Loaded query={useApplications()}>
          {(all) =>
            all.length === 0 ? (
              <Empty mark={<Icon name="apps" size={32} />} title={applications.none}>
                <p>{applications.noneText}</p>
              </Empty>
            ) : (
              <Rows label={applications.title}>
                {all.map((one) => (
                  <Application key={one.client_id} application={one} />
                ))}
              </Rows>
            )
          }
        </Loaded>
      </Panel>
    </>
  )
}
