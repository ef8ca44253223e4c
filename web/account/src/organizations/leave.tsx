import { useToast } from '@custom-identity-platform/kit/toasts.tsx'
import type { Membership } from '@custom-identity-platform/sdk'
import { Button } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useApi } from '../account-context.tsx'
import { keepFocus } from '../arrival.ts'
import { Confirm } from '../parts.tsx'
import { useAction } from '../step-up.tsx'
import { useRefreshAll } from './queries.ts'
import { useWords } from './words.tsx'

type LeaveProps = {
  readonly membership: Membership
  /** In a row of a list. */
  readonly isSmall?: boolean
}

/** Asks, saying what ends, and leaves. */
export const Leave = ({ membership: { id, name }, isSmall = false }: LeaveProps) => {
  const [api, toast, refresh, navigate] = [useApi(), useToast(), useRefreshAll(), useNavigate()]
  const { overview } = useWords()
  const [isOpen, setOpen] = useState(false)
  const { act, isPending, problem, reset } = useAction({
    run: () => api.leaveOrganization(id),
    done: async () => {
      toast(overview.left(name))
      await navigate({ to: '/organizations' })
      await refresh()
      keepFocus()
    },
  })
  const open = (): void => {
    reset()
    setOpen(true)
  }
  return (
    <>
      <Button
        variant={isSmall ? 'subtle' : 'outline'}
        {...(isSmall && { size: 'xs' })}
        color="red"
        aria-label={overview.leaveOf(name)}
        onClick={open}
      >
        {overview.leave}
      </Button>
      {isOpen ? (
        <Confirm
          {...{ title: overview.leaveAsk(name), text: `${overview.leaveText} ${overview.leaveBack}`, yes: overview.leave }}
          {...{ isBusy: isPending, problem, onYes: () => act(), onClose: () => setOpen(false) }}
        />
      ) : null}
    </>
  )
}
