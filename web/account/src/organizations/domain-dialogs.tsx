import { Dialog, DialogFoot } from '@custom-identity-platform/kit/dialog.tsx'
import { useToast } from '@custom-identity-platform/kit/toasts.tsx'
import type { Membership, OrganizationDomain } from '@custom-identity-platform/sdk'
import { Button, TextInput } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useMessages } from '../account-context.tsx'
import { Problem } from '../parts.tsx'
import { useAction, useSensitive } from '../step-up.tsx'
import { fromDraft, type How, inDraft, isComplete, JoiningFields, joiningBody, usualJoining } from './domain-fields.tsx'
import { useOrganizationApi, useRefreshOrganization } from './queries.ts'
import { useWords } from './words.tsx'

type FormProps = {
  readonly title: string
  readonly yes: string
  readonly isReady: boolean
  readonly isBusy: boolean
  readonly problem: string | undefined
  readonly onSave: () => void
  readonly onClose: () => void
  readonly children: ReactNode
}

const FormDialog = ({ title, yes, isReady, isBusy, problem, onSave, onClose, children }: FormProps) => {
  const { cancel } = useMessages()
  return (
    <Dialog title={title} onClose={onClose} isBusy={isBusy}>
      <form
        className="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          onSave()
        }}
      >
        {children}
        <Problem>{problem}</Problem>
        <DialogFoot>
          <Button variant="default" onClick={onClose} disabled={isBusy}>
            {cancel}
          </Button>
          <Button type="submit" loading={isBusy} disabled={!isReady}>
            {yes}
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  )
}

type Draft = { readonly id: string; readonly domain: string; readonly how: How }

const asDraft = ({ id, domain, how }: Draft) => ({ id, domain, ...inDraft(how) })
const readDraft = (kept: Readonly<Record<string, string>>): Draft => ({
  ...{ id: kept['id'] ?? '', domain: kept['domain'] ?? '' },
  how: kept['joining'] === undefined ? usualJoining : fromDraft(kept),
})

/** A dialog over a domain that is new or known, which a fresh sign-in comes back to with what was filled in. */
const useDomainForm = ({ id }: Membership, intent: string, change: (draft: Draft) => Promise<unknown>) => {
  const [refresh, toast] = [useRefreshOrganization(id), useToast()]
  const { domains, area } = useWords()
  const [draft, setDraft] = useState<Draft>()
  const sensitive = useSensitive(`${intent} ${id}`, (kept) => setDraft(readDraft(kept)), area.stepUp)
  const { act, isPending, problem, reset } = useAction({
    run: change,
    done: (_, { id: known }) => {
      setDraft(undefined)
      toast(known === '' ? domains.added : domains.changed)
      return refresh('domains')
    },
    ...{ sensitive, draft: asDraft },
  })
  const open = (first: Partial<Draft>): void => {
    reset()
    sensitive.begin(asDraft({ id: '', domain: '', how: usualJoining, ...first }))
  }
  return { draft, setDraft, open, act, isPending, problem }
}

export const AddDomain = ({ membership, isFirst }: { readonly membership: Membership; readonly isFirst: boolean }) => {
  const api = useOrganizationApi(membership.id)
  const { domains } = useWords()
  const { draft, setDraft, open, act, isPending, problem } = useDomainForm(membership, 'add-domain', ({ domain, how }) =>
    api.addDomain({ domain: domain.trim(), ...joiningBody(how) }),
  )
  return (
    <>
      <Button variant={isFirst ? 'filled' : 'default'} onClick={() => open({})}>
        {domains.add}
      </Button>
      {draft === undefined ? null : (
        <FormDialog
          {...{ title: domains.add, yes: domains.add, isBusy: isPending, problem }}
          {...{ onSave: () => act(draft), onClose: () => setDraft(undefined) }}
          isReady={draft.domain.trim() !== '' && isComplete(draft.how)}
        >
          <TextInput
            {...{ label: domains.domain, description: domains.domainHint, value: draft.domain }}
            inputMode="url"
            dir="ltr"
            autoComplete="off"
            spellCheck={false}
            autoFocus
            onChange={(event) => setDraft({ ...draft, domain: event.currentTarget.value })}
          />
          <JoiningFields {...{ membership, how: draft.how, onChange: (how) => setDraft({ ...draft, how }) }} />
        </FormDialog>
      )}
    </>
  )
}

type ChangeProps = { readonly membership: Membership; readonly children: (change: (domain: OrganizationDomain) => void) => ReactNode }

export const ChangeJoining = ({ membership, children }: ChangeProps) => {
  const api = useOrganizationApi(membership.id)
  const { domains } = useWords()
  const { save } = useMessages()
  const { draft, setDraft, open, act, isPending, problem } = useDomainForm(membership, 'change-domain', ({ id, how }) =>
    api.changeDomain(id, joiningBody(how)),
  )
  return (
    <>
      {children(({ id, domain, joining, roles }) => open({ id, domain, how: { joining, roles } }))}
      {draft === undefined ? null : (
        <FormDialog
          {...{ title: domains.changeOf(draft.domain), yes: save, isBusy: isPending, problem }}
          {...{ onSave: () => act(draft), onClose: () => setDraft(undefined), isReady: isComplete(draft.how) }}
        >
          <JoiningFields {...{ membership, how: draft.how, onChange: (how) => setDraft({ ...draft, how }) }} />
        </FormDialog>
      )}
    </>
  )
}
