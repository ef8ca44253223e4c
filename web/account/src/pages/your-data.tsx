import { Notice, Panel } from '@custom-identity-platform/kit/panel.tsx'
import { saveFile } from '@custom-identity-platform/kit/save-file.ts'
import { useToast } from '@custom-identity-platform/kit/toasts.tsx'
import type { Me } from '@custom-identity-platform/sdk'
import { Button } from '@mantine/core'
import { useState } from 'react'
import { useApi, useMessages } from '../account-context.tsx'
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

const Plan = () => {
  const [api, refresh] = [useApi(), useRefresh()]
  const { data } = useMessages()
  const [isOpen, setOpen] = useState(false)
  const sensitive = useSensitive('delete-account', () => setOpen(true))
  const { act, isPending, problem } = useAction({
    run: () => api.planDeletion(),
    done: async () => {
      await refresh('me')
      setOpen(false)
    },
    sensitive,
  })
  return (
    <>
      <div>
        <Button variant="outline" color="red" onClick={() => sensitive.begin()}>
          {data.deleteButton}
        </Button>
      </div>
      {isOpen ? (
        <Confirm
          {...{ title: data.deleteConfirm, text: data.deleteConfirmText, yes: data.deleteYes, isBusy: isPending, problem }}
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
