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

type Change = {
  /** By which what was typed is found again after a fresh sign-in. */
  readonly intent: string
  readonly type: 'email' | 'tel'
  readonly words: { readonly button: string; readonly kind: string; readonly title: string; readonly text: string; readonly label: string }
  /** Answers where the code went. */
  readonly send: (address: string) => Promise<string>
  readonly confirm: (code: string) => Promise<unknown>
  readonly changed: string
}

/** Asks for an address, sends a code there, and takes the code. */
const ChangeAddress = ({ intent, type, words, send, confirm, changed }: Change) => {
  const done = useDone()
  const { addresses } = useMessages()
  const [step, setStep] = useState<Step>()
  const onClose = () => setStep(undefined)
  const sensitive = useSensitive(intent, ({ address = '' }) => setStep({ kind: 'address', draft: address }))
  const sending = useAction({
    run: send,
    done: (sentTo) => setStep({ kind: 'code', sentTo }),
    sensitive,
    draft: (address) => ({ address }),
  })
  const confirming = useAction({
    run: confirm,
    done: () => {
      onClose()
      return done(changed)
    },
  })
  const shared = { title: words.title, onClose }
  return (
    <>
      <Button variant="default" size="xs" aria-label={`${words.button}: ${words.kind}`} onClick={() => sensitive.begin()}>
        {words.button}
      </Button>
      {step?.kind === 'address' ? (
        <AddressDialog
          {...{ ...shared, type, text: words.text, label: words.label, initial: step.draft }}
          {...{ isBusy: sending.isPending, problem: sending.problem, onAddress: sending.act }}
        />
      ) : null}
      {step?.kind === 'code' ? (
        <CodeDialog
          {...{ ...shared, text: addresses.sentTo(step.sentTo) }}
          {...{ isBusy: confirming.isPending, problem: confirming.problem, onCode: confirming.act }}
        />
      ) : null}
    </>
  )
}

const ChangeEmail = () => {
  const api = useApi()
  const { addresses, change } = useMessages()
  const words = {
    button: change,
    kind: addresses.email,
    title: addresses.changeEmail,
    text: addresses.emailText,
    label: addresses.newEmail,
  }
  const send = async (email: string) => (await api.changeEmail(email)).sent_to
  return (
    <ChangeAddress
      {...{ intent: 'change-email', type: 'email', words, send, confirm: api.confirmEmail, changed: addresses.emailChanged }}
    />
  )
}

const ChangePhone = ({ isNew }: { readonly isNew: boolean }) => {
  const api = useApi()
  const { addresses, change, add } = useMessages()
  const { phone, changePhone: title, phoneText: text } = addresses
  const words = { button: isNew ? add : change, kind: phone, title, text, label: phone }
  const send = async (number: string) => {
    await api.changePhone(number)
    return number
  }
  return (
    <ChangeAddress {...{ intent: 'change-phone', type: 'tel', words, send, confirm: api.confirmPhone, changed: addresses.phoneChanged }} />
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
              <ChangePhone isNew={phone === null} />
            </>
          }
        />
      </Rows>
    </Panel>
  )
}
