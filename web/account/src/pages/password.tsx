import { Dialog, DialogFoot } from '@custom-identity-platform/kit/dialog.tsx'
import { Icon } from '@custom-identity-platform/kit/icons.tsx'
import { Panel, Row, Rows } from '@custom-identity-platform/kit/panel.tsx'
import { useToast } from '@custom-identity-platform/kit/toasts.tsx'
import type { Factors } from '@custom-identity-platform/sdk'
import { Button, PasswordInput } from '@mantine/core'
import { useState } from 'react'
import { useApi, useMessages } from '../account-context.tsx'
import { Loaded, PageHead, Problem, When } from '../parts.tsx'
import { fieldsOf } from '../problem.ts'
import { useFactors, useMe, useRefresh } from '../queries.ts'
import { type Sensitive, useAction, useSensitive } from '../step-up.tsx'

type FormProps = { readonly hasOne: boolean; readonly sensitive: Sensitive; readonly onClose: () => void }

const useChange = ({ sensitive, onClose }: FormProps) => {
  const [api, refresh, toast] = [useApi(), useRefresh(), useToast()]
  const { password } = useMessages()
  return useAction({
    run: api.changePassword,
    done: ({ sessions_ended }) => {
      onClose()
      toast(password.done(sessions_ended))
      return refresh('factors', 'sessions')
    },
    sensitive,
  })
}

const Form = (props: FormProps) => {
  const messages = useMessages()
  const { password, cancel, save } = messages
  const { data: me } = useMe()
  const [current, setCurrent] = useState('')
  const [fresh, setFresh] = useState('')
  const { act, isPending, problem, error } = useChange(props)
  const fields = fieldsOf(error, messages)
  const eye = { 'aria-label': password.show, tabIndex: 0 }
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        act({ new_password: fresh, ...(props.hasOne && { current_password: current }) })
      }}
    >
      <input type="text" autoComplete="username" value={me?.email ?? me?.username ?? ''} readOnly hidden />
      {props.hasOne ? (
        <PasswordInput
          {...{ label: password.current, value: current, error: fields['current_password'], visibilityToggleButtonProps: eye }}
          onChange={(event) => setCurrent(event.currentTarget.value)}
          autoComplete="current-password"
          autoFocus
          required
        />
      ) : null}
      <PasswordInput
        {...{ label: password.fresh, description: password.freshHelp, value: fresh, error: fields['new_password'] }}
        visibilityToggleButtonProps={eye}
        onChange={(event) => setFresh(event.currentTarget.value)}
        autoComplete="new-password"
        required
      />
      <p className="quiet">{password.others}</p>
      <Problem>{(fields['current_password'] ?? fields['new_password']) ? undefined : problem}</Problem>
      <DialogFoot>
        <Button variant="default" onClick={props.onClose} disabled={isPending}>
          {cancel}
        </Button>
        <Button type="submit" loading={isPending} disabled={fresh === '' || (props.hasOne && current === '')}>
          {save}
        </Button>
      </DialogFoot>
    </form>
  )
}

const Password = ({ factors: { password: state } }: { readonly factors: Factors }) => {
  const { password } = useMessages()
  const [isOpen, setOpen] = useState(false)
  const sensitive = useSensitive('password', () => setOpen(true))
  const words = state.set ? password.change : password.create
  const changed = (
    <>
      {password.changedAt} <When at={state.changed_at} />
    </>
  )
  return (
    <>
      <Rows label={password.set}>
        <Row
          mark={<Icon name="password" />}
          title={state.set ? password.set : password.unset}
          lines={[state.set ? changed : password.unsetText]}
          actions={
            <Button variant={state.set ? 'filled' : 'default'} onClick={() => sensitive.begin()}>
              {words}
            </Button>
          }
        />
      </Rows>
      {isOpen ? (
        <Dialog title={words} onClose={() => setOpen(false)}>
          <Form hasOne={state.set} sensitive={sensitive} onClose={() => setOpen(false)} />
        </Dialog>
      ) : null}
    </>
  )
}

export const Page = () => {
  const { pages, password } = useMessages()
  return (
    <>
      <PageHead title={pages.password}>{password.intro}</PageHead>
      <Panel isOnlyOne title={pages.password}>
        <Loaded query={useFactors()}>{(factors) => <Password factors={factors} />}</Loaded>
      </Panel>
    </>
  )
}
