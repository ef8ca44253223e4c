import { Icon } from '@custom-identity-platform/kit/icons.tsx'
import { Pill, Row } from '@custom-identity-platform/kit/panel.tsx'
import { useToast } from '@custom-identity-platform/kit/toasts.tsx'
import type { Factors, TotpEnrolment } from '@custom-identity-platform/sdk'
import { Button } from '@mantine/core'
import { useState } from 'react'
import { useApi, useMessages } from './account-context.tsx'
import { Confirm, Problem, When } from './parts.tsx'
import { useRefresh } from './queries.ts'
import { RecoveryCodes } from './recovery-codes.tsx'
import { useAction, useSensitive } from './step-up.tsx'
import { TotpSetup } from './totp-setup.tsx'

const SetUp = ({ onCodes }: { readonly onCodes: (codes: readonly string[]) => void }) => {
  const [api, refresh, toast] = [useApi(), useRefresh(), useToast()]
  const { secondFactor } = useMessages()
  const [enrolment, setEnrolment] = useState<TotpEnrolment>()
  const sensitive = useSensitive('add-totp', () => start.act())
  const start = useAction({ run: () => api.startTotp(), done: setEnrolment, sensitive })
  const confirm = useAction({
    run: api.confirmTotp,
    done: ({ recovery_codes }) => {
      setEnrolment(undefined)
      toast(secondFactor.turnedOn)
      if (recovery_codes !== null) onCodes(recovery_codes)
      return refresh('factors', 'me')
    },
    sensitive,
  })
  const onClose = () => {
    confirm.reset()
    setEnrolment(undefined)
  }
  return (
    <>
      <Button size="xs" loading={start.isPending} onClick={() => sensitive.begin()}>
        {secondFactor.setUp}
      </Button>
      <Problem>{start.problem}</Problem>
      {enrolment === undefined ? null : (
        <TotpSetup {...{ enrolment, onClose, isBusy: confirm.isPending, problem: confirm.problem, onCode: confirm.act }} />
      )}
    </>
  )
}

const Remove = () => {
  const [api, refresh, toast] = [useApi(), useRefresh(), useToast()]
  const { secondFactor, remove } = useMessages()
  const [isOpen, setOpen] = useState(false)
  const sensitive = useSensitive('remove-totp', () => setOpen(true))
  const { act, isPending, problem } = useAction({
    run: () => api.removeTotp(),
    done: () => {
      setOpen(false)
      toast(secondFactor.removedApp)
      return refresh('factors', 'me')
    },
    sensitive,
  })
  return (
    <>
      <Button variant="subtle" color="red" size="xs" aria-label={`${remove}: ${secondFactor.app}`} onClick={() => sensitive.begin()}>
        {remove}
      </Button>
      {isOpen ? (
        <Confirm
          {...{ title: secondFactor.removeApp, text: secondFactor.removeAppText, yes: remove, isBusy: isPending, problem }}
          {...{ onYes: () => act(), onClose: () => setOpen(false) }}
        />
      ) : null}
    </>
  )
}

/** Codes of an app; the recovery codes that come with the first app outlive the row's change from one state to the other. */
export const AuthenticatorApp = ({ totp }: Pick<Factors, 'totp'>) => {
  const { secondFactor } = useMessages()
  const [codes, setCodes] = useState<readonly string[]>()
  const since = (
    <>
      {secondFactor.since} <When at={totp.confirmed_at} />
    </>
  )
  return (
    <>
      <Row
        mark={<Icon name="phone" />}
        title={secondFactor.app}
        pill={<Pill kind={totp.enrolled ? 'good' : 'plain'}>{totp.enrolled ? secondFactor.on : secondFactor.off}</Pill>}
        lines={[secondFactor.appText, totp.enrolled ? since : null]}
        actions={totp.enrolled ? <Remove /> : <SetUp onCodes={setCodes} />}
      />
      {codes === undefined ? null : <RecoveryCodes codes={codes} onClose={() => setCodes(undefined)} />}
    </>
  )
}
