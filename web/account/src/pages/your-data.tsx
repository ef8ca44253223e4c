import { Notice, Panel } from '@custom-identity-platform/kit/panel.tsx'
import { saveFile } from '@custom-identity-platform/kit/save-file.ts'
import { useToast } from '@custom-identity-platform/kit/toasts.tsx'
import { ApiError, type Me } from '@custom-identity-platform/sdk'
import { Button } from '@mantine/core'
import { useState } from 'react'
import { useApi, useLanguage, useMessages } from '../account-context.tsx'
import { Confirm, Loaded, PageHead, Problem, useDay } from '../parts.tsx'
import { useMe, useRefresh } from '../queries.ts'
import { useAction, useSensitive } from '../step-up.tsx'

const Download = () => {
  const [api, toast] = [useApi(), useToast()]
  const { data } = useMessages()
  const sensitive = useSensitive('export', () => act())
  const { act, isPending, problem } = useAction({
    run: () => api.exportData(),
    done: (bytes) => {
      saveFile('account.json', bytes)
      toast(data.downloaded)
    },
    sensitive,
  })
  return (
    <Panel title={data.downloadTitle} intro={data.downloadText}>
      <div>
        <Button variant="default" loading={isPending} onClick={() => sensitive.begin()}>
          {data.download}
        </Button>
      </div>
      <Problem>{problem}</Problem>
    </Panel>
  )
}

const Planned = ({ due }: { readonly due: string }) => {
  const [api, refresh, toast, day] = [useApi(), useRefresh(), useToast(), useDay()]
  const { data } = useMessages()
  const { act, isPending, problem } = useAction({
    run: () => api.keepAccount(),
    done: () => {
      toast(data.kept)
      return refresh('me')
    },
  })
  return (
    <>
      <Notice kind="warn">
        <p>{data.planned(day(due))}</p>
      </Notice>
      <div>
        <Button loading={isPending} onClick={() => act()}>
          {data.keep}
        </Button>
      </div>
      <Problem>{problem}</Problem>
    </>
  )
}

/** Organizations that nobody else could look after, where that holds the deletion up. */
const ownedAloneIn = (error: unknown): readonly string[] => {
  const organizations = error instanceof ApiError && error.kind === 'conflict' ? error.members['organizations'] : undefined
  if (!Array.isArray(organizations)) return []
  return organizations.flatMap((one: { readonly name?: unknown }) => (typeof one.name === 'string' ? [one.name] : []))
}

const Plan = () => {
  const [api, refresh] = [useApi(), useRefresh()]
  const { data } = useMessages()
  const language = useLanguage()
  const [isOpen, setOpen] = useState(false)
  const sensitive = useSensitive('delete-account', () => setOpen(true))
  const { act, isPending, error, problem } = useAction({
    run: () => api.planDeletion(),
    done: async () => {
      await refresh('me')
      setOpen(false)
    },
    sensitive,
  })
  const owned = ownedAloneIn(error)
  const held = owned.length === 0 ? problem : data.ownedAlone(new Intl.ListFormat(language).format(owned))
  return (
    <>
      <div>
        <Button variant="outline" color="red" onClick={() => sensitive.begin()}>
          {data.deleteButton}
        </Button>
      </div>
      {isOpen ? (
        <Confirm
          {...{ title: data.deleteConfirm, text: data.deleteConfirmText, yes: data.deleteYes, isBusy: isPending, problem: held }}
          {...{ onYes: () => act(), onClose: () => setOpen(false) }}
        />
      ) : null}
    </>
  )
}

const Deletion = ({ me }: { readonly me: Me }) => {
  const { data } = useMessages()
  return (
    <Panel title={data.deleteTitle} intro={data.deleteText} isDangerous>
      {me.deletion_due_at === null ? <Plan /> : <Planned due={me.deletion_due_at} />}
    </Panel>
  )
}

export const Page = () => {
  const { pages } = useMessages()
  return (
    <>
      <PageHead title={pages.data} />
      <Download />
      <Loaded query={useMe()}>{(me) => <Deletion me={me} />}</Loaded>
    </>
  )
}
