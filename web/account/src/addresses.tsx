import { Icon } from '@custom-identity-platform/kit/icons.tsx'
import { Panel, Pill, Row, Rows } from '@custom-identity-platform/kit/panel.tsx'
import { useToast } from '@custom-identity-platform/kit/toasts.tsx'
import type { Me } from '@custom-identity-platform/sdk'
import { Button } from '@mantine/core'
import { useState } from 'react'
import { useApi, useMessages } from './account-context.tsx'
import { AddressDialog, CodeDialog } from './code-dialog.tsx'
import { Confirm, Problem } from './parts.tsx'
import { useRefresh } from './queries.ts'
import { useAction, useSensitive } from './step-up.tsx'

type Step = { readonly kind: 'address'; readonly draft: string } | { readonly kind: 'code'; readonly sentTo: string }

const useDone = () => {
  const [refresh, toast] = [useRefresh(), useToast()]
  return (sentence: string) => {
    toast(sentence)
    return refresh('me', 'factors')
  }
}

const Verified = ({ isVerified }: { readonly isVerified: boolean }) => {
  const { addresses } = useMessages()
  return <Pill kind={isVerified ? 'good' : 'warn'}>{isVerified ? addresses.confirmed : addresses.unconfirmed}</Pill>
}

const ChangeEmail = () => {
  const [api, done] = [useApi(), useDone()]
  const { addresses, change } = useMessages()
  const [step, setStep] = useState<Step>()
  const close = () => setStep(undefined)
  const sensitive = useSensitive('change-email', ({ email = '' }) => setStep({ kind: 'address', draft: email }))
  const send = useAction({
    run: api.changeEmail,
    done: ({ sent_to }) => setStep({ kind: 'code', sentTo: sent_to }),
    sensitive,
    draft: (email) => ({ email }),
  })
  const confirm = useAction({
    run: api.confirmEmail,
    done: () => {
      close()
      return done(addresses.emailChanged)
    },
  })
  const shared = { title: addresses.changeEmail, onClose: close }
  return (
    <>
      <Button variant="default" size="xs" aria-label={`${change}: ${addresses.email}`} onClick={() => sensitive.begin()}>
        {change}
      </Button>
      {step?.kind === 'address' ? (
        <AddressDialog
          {...shared}
          {...{ text: addresses.emailText, label: addresses.newEmail, type: 'email', initial: step.draft }}
          {...{ isBusy: send.isPending, problem: send.problem, onAddress: send.act }}
        />
      ) : null}
      {step?.kind === 'code' ? (
        <CodeDialog
          {...shared}
          {...{ text: addresses.sentTo(step.sentTo), isBusy: confirm.isPending, problem: confirm.problem, onCode: confirm.act }}
        />
      ) : null}
    </>
  )
}

const VerifyEmail = ({ email }: { readonly email: string }) => {
  const [api, done] = [useApi(), useDone()]
  const { addresses } = useMessages()
  const [isOpen, setOpen] = useState(false)
  const send = useAction({ run: api.sendEmailVerification, done: () => setOpen(true) })
  const confirm = useAction({
    run: api.confirmEmailVerification,
    done: () => {
      setOpen(false)
      return done(addresses.emailConfirmed)
    },
  })
  const onClose = () => setOpen(false)
  return (
    <>
      <Button size="xs" variant="light" onClick={() => send.act()} loading={send.isPending}>
        {addresses.verify}
      </Button>
      <Problem>{send.problem}</Problem>
      {isOpen ? (
        <CodeDialog
          {...{ title: addresses.verify, text: addresses.sentTo(email), onClose }}
          {...{ isBusy: confirm.isPending, problem: confirm.problem, onCode: confirm.act }}
        />
      ) : null}
    </>
  )
}

const ChangePhone = ({ phone }: { readonly phone: string | null }) => {
  const [api, done] = [useApi(), useDone()]
  const { addresses, change, add } = useMessages()
  const [step, setStep] = useState<Step>()
  const close = () => setStep(undefined)
  const sensitive = useSensitive('change-phone', ({ phone: typed = '' }) => setStep({ kind: 'address', draft: typed }))
  const send = useAction({
    run: api.changePhone,
    done: (_, sentTo) => setStep({ kind: 'code', sentTo }),
    sensitive,
    draft: (typed) => ({ phone: typed }),
  })
  const confirm = useAction({
    run: api.confirmPhone,
    done: () => {
      close()
      return done(addresses.phoneChanged)
    },
  })
  const shared = { title: addresses.changePhone, onClose: close }
  return (
    <>
      <Button
        variant="default"
        size="xs"
        aria-label={`${phone === null ? add : change}: ${addresses.phone}`}
        onClick={() => sensitive.begin()}
      >
        {phone === null ? add : change}
      </Button>
      {step?.kind === 'address' ? (
        <AddressDialog
          {...shared}
          {...{ text: addresses.phoneText, label: addresses.phone, type: 'tel', initial: step.draft }}
          {...{ isBusy: send.isPending, problem: send.problem, onAddress: send.act }}
        />
      ) : null}
      {step?.kind === 'code' ? (
        <CodeDialog
          {...shared}
          {...{ text: addresses.sentTo(step.sentTo), isBusy: confirm.isPending, problem: confirm.problem, onCode: confirm.act }}
        />
      ) : null}
    </>
  )
}

const RemovePhone = () => {
  const [api, done] = [useApi(), useDone()]
  const { addresses, remove } = useMessages()
  const [isOpen, setOpen] = useState(false)
  const sensitive = useSensitive('remove-phone', () => setOpen(true))
  const action = useAction({
    run: api.removePhone,
    done: () => {
      setOpen(false)
      return done(addresses.phoneRemoved)
    },
    sensitive,
  })
  return (
    <>
      <Button variant="subtle" color="red" size="xs" aria-label={`${remove}: ${addresses.phone}`} onClick={() => sensitive.begin()}>
        {remove}
      </Button>
      {isOpen ? (
        <Confirm
          {...{ title: addresses.removePhone, text: addresses.removePhoneText, yes: remove }}
          {...{ isBusy: action.isPending, problem: action.problem, onYes: () => action.act(), onClose: () => setOpen(false) }}
        />
      ) : null}
    </>
  )
}

/** Where codes and notices go. */
export const Addresses = ({ me }: { readonly me: Me }) => {
  const { addresses } = useMessages()
  const { email, phone } = me
  return (
    <Panel title={addresses.title} intro={addresses.intro}>
      <Rows label={addresses.title}>
        <Row
          mark={<Icon name="mail" />}
          title={email ?? addresses.none}
          pill={email === null ? null : <Verified isVerified={me.email_verified} />}
          lines={[addresses.email]}
          actions={
            <>
              {email === null || me.email_verified ? null : <VerifyEmail email={email} />}
              <ChangeEmail />
            </>
          }
        />
        <Row
          mark={<Icon name="phone" />}
          title={phone ?? addresses.none}
          pill={phone === null ? null : <Verified isVerified={me.phone_verified} />}
          lines={[addresses.phone]}
          actions={
            <>
              {phone === null ? null : <RemovePhone />}
              <ChangePhone phone={phone} />
            </>
          }
        />
      </Rows>
    </Panel>
  )
}
