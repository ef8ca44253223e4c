import { Icon } from '@custom-identity-platform/kit/icons.tsx'
import { Empty, Panel, Pill, Row, Rows } from '@custom-identity-platform/kit/panel.tsx'
import { useToast } from '@custom-identity-platform/kit/toasts.tsx'
import type { Device } from '@custom-identity-platform/sdk'
import { Button } from '@mantine/core'
import { useState } from 'react'
import { useApi, useMessages } from './account-context.tsx'
import { Confirm, Loaded, useDay, When } from './parts.tsx'
import { useDevices, useRefresh } from './queries.ts'
import { useAction } from './step-up.tsx'

const OneDevice = ({ device }: { readonly device: Device }) => {
  const { sessions } = useMessages()
  const day = useDay()
  const isTrusted = device.trusted_until !== null && Date.parse(device.trusted_until) > Date.now()
  const seen = (
    <>
      {sessions.first} <When at={device.first_seen_at} />, {sessions.last} <When at={device.last_seen_at} />
    </>
  )
  return (
    <Row
      mark={<Icon name="laptop" />}
      title={device.current === true ? sessions.current : sessions.device}
      pill={isTrusted ? <Pill kind="good">{sessions.trusted}</Pill> : null}
      lines={[seen, isTrusted && device.trusted_until !== null ? `${sessions.trustedUntil} ${day(device.trusted_until)}` : null]}
    />
  )
}

const Distrust = () => {
  const [api, refresh, toast] = [useApi(), useRefresh(), useToast()]
  const { sessions } = useMessages()
  const [isOpen, setOpen] = useState(false)
  const { act, isPending, problem } = useAction({
    run: () => api.distrustDevices(),
    done: () => {
      setOpen(false)
      toast(sessions.distrusted)
      return refresh('devices')
    },
  })
  return (
    <>
      <Button variant="default" onClick={() => setOpen(true)}>
        {sessions.distrust}
      </Button>
      {isOpen ? (
        <Confirm
          {...{ title: sessions.distrustTitle, text: sessions.distrustText, yes: sessions.distrust, isBusy: isPending, problem }}
          {...{ onYes: () => act(), onClose: () => setOpen(false) }}
        />
      ) : null}
    </>
  )
}

export const KnownDevices = () => {
  const { sessions } = useMessages()
  const query = useDevices()
  const isAnyTrusted = query.data?.some(({ trusted_until }) => trusted_until !== null) === true
  return (
    <Panel title={sessions.devices} intro={sessions.devicesIntro} action={isAnyTrusted ? <Distrust /> : undefined}>
      <Loaded query={query}>
        {(all) =>
          all.length === 0 ? (
            <Empty mark={<Icon name="laptop" size={32} />} title={sessions.noDevices}>
              <p>{sessions.noDevicesText}</p>
            </Empty>
          ) : (
            <Rows label={sessions.devices}>
              {all.map((one) => (
                <OneDevice key={one.id} device={one} />
              ))}
            </Rows>
          )
        }
      </Loaded>
    </Panel>
  )
}
