import { Dialog, DialogFoot } from '@custom-identity-platform/kit/dialog.tsx'
import { Icon } from '@custom-identity-platform/kit/icons.tsx'
import { useToast } from '@custom-identity-platform/kit/toasts.tsx'
import type { Membership } from '@custom-identity-platform/sdk'
import { Button } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useMessages } from '../account-context.tsx'
import { Problem } from '../parts.tsx'
import { useMe } from '../queries.ts'
import { useAction, useSensitive } from '../step-up.tsx'
import { AskFirst, type Subject } from './ask-first.tsx'
import { PermissionList } from './permission-list.tsx'
import { useDomains, useOrganizationApi, useRefreshAll, useRefreshOrganization, useRoles } from './queries.ts'
import { RoleChoice } from './role-choice.tsx'
import { allowedBy } from './role-words.ts'
import { useWords } from './words.tsx'

type Chosen = { readonly id: string; readonly name: string; readonly roles: readonly string[] }
type Props = { readonly membership: Membership; readonly children: (choose: (chosen: Chosen) => void) => ReactNode }
type Draft = Chosen & { readonly wanted: readonly string[] }

const inDraft = ({ id, name, roles, wanted }: Draft) => ({ id, name, roles: roles.join(' '), wanted: wanted.join(' ') })
const fromDraft = ({ id = '', name = '', roles = '', wanted = roles }: Readonly<Record<string, string>>): Draft => ({
  ...{ id, name },
  roles: roles.split(' ').filter((one) => one !== ''),
  wanted: wanted.split(' ').filter((one) => one !== ''),
})

/** What the change of roles lets somebody do, and no longer do. */
const Effect = ({ membership, draft: { id, roles: before, wanted } }: { readonly membership: Membership; readonly draft: Draft }) => {
  const { members } = useWords()
  const { data: me } = useMe()
  const { data: roles } = useRoles(membership)
  if (roles === undefined) return null
  const [was, will] = [allowedBy(roles, before), allowedBy(roles, wanted)]
  const gained = [...will].filter((one) => !was.has(one))
  const lost = [...was].filter((one) => !will.has(one))
  return (
    <div className="notice" role="status">
      {gained.length === 0 ? null : (
        <div className="stack-tight">
          <p>{members.gains}</p>
          <PermissionList permissions={gained} mark={<Icon name="plus" size={16} />} />
        </div>
      )}
      {lost.length === 0 ? null : (
        <div className="stack-tight">
          <p>{members.loses}</p>
          <PermissionList permissions={lost} mark={<Icon name="close" size={16} />} />
        </div>
      )}
      {gained.length + lost.length === 0 ? <p>{members.same}</p> : null}
      {lost.length > 0 && me?.id === id ? <p>{members.ownWarning}</p> : null}
    </div>
  )
}

type FormProps = {
  readonly membership: Membership
  readonly draft: Draft
  readonly isBusy: boolean
  readonly problem: string | undefined
  readonly onDraft: (draft: Draft) => void
  readonly onSave: () => void
  readonly onClose: () => void
}

const RolesDialog = ({ membership, draft, isBusy, problem, onDraft, onSave, onClose }: FormProps) => {
  const { members } = useWords()
  const { cancel, save } = useMessages()
  const isSame = draft.wanted.toSorted().join() === draft.roles.toSorted().join()
  return (
    <Dialog title={members.changeTitle(draft.name)} onClose={onClose} isBusy={isBusy}>
      <RoleChoice membership={membership} chosen={draft.wanted} onChange={(wanted) => onDraft({ ...draft, wanted })} />
      <Effect {...{ membership, draft }} />
      <Problem>{problem}</Problem>
      <DialogFoot>
        <Button variant="default" onClick={onClose} disabled={isBusy}>
          {cancel}
        </Button>
        <Button onClick={onSave} loading={isBusy} disabled={draft.wanted.length === 0 || isSame}>
          {save}
        </Button>
      </DialogFoot>
    </Dialog>
  )
}

/** Offers to choose the roles of a member; asks for a fresh sign-in where the last one is too old. */
export const ChangeRoles = ({ membership, children }: Props) => {
  const [api, toast] = [useOrganizationApi(membership.id), useToast()]
  const [refresh, refreshAll] = [useRefreshOrganization(membership.id), useRefreshAll()]
  const { members, area } = useWords()
  const { data: me } = useMe()
  const [draft, setDraft] = useState<Draft>()
  const sensitive = useSensitive(`member-roles ${membership.id}`, (kept) => setDraft(fromDraft(kept)), area.stepUp)
  const { act, isPending, problem, reset } = useAction({
    run: ({ id, wanted }: Draft) => api.setRoles(id, wanted),
    done: ({ id }) => {
      setDraft(undefined)
      toast(members.changed)
      return id === me?.id ? refreshAll() : refresh('members')
    },
    ...{ sensitive, draft: inDraft },
  })
  const choose = (chosen: Chosen): void => {
    reset()
    sensitive.begin(inDraft({ ...chosen, wanted: chosen.roles }))
  }
  return (
    <>
      {children(choose)}
      {draft === undefined ? null : (
        <RolesDialog
          {...{ membership, draft, isBusy: isPending, problem, onDraft: setDraft }}
          {...{ onSave: () => act(draft), onClose: () => setDraft(undefined) }}
        />
      )}
    </>
  )
}

type RemoveProps = { readonly membership: Membership; readonly children: (ask: (subject: Subject) => void) => ReactNode }

/** Removes a member after asking, and says where they would come back by themselves. */
export const RemoveMember = ({ membership: { id }, children }: RemoveProps) => {
  const [api, refresh] = [useOrganizationApi(id), useRefreshOrganization(id)]
  const { members } = useWords()
  const { data: domains = [] } = useDomains(id)
  const comesBack = domains.some(({ joining, verified_at: proved }) => joining === 'automatic' && proved !== null)
  return (
    <AskFirst
      {...{ intent: `member-removal ${id}`, title: members.removeAsk, yes: members.remove, said: members.removed }}
      text={comesBack ? `${members.removeText} ${members.removeBack}` : members.removeText}
      run={api.removeMember}
      refresh={() => refresh('members')}
    >
      {children}
    </AskFirst>
  )
}
