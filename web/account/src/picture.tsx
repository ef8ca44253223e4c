import { chooseAgain } from '@custom-identity-platform/kit/choose-again.ts'
import { Panel } from '@custom-identity-platform/kit/panel.tsx'
import { useToast } from '@custom-identity-platform/kit/toasts.tsx'
import type { Me } from '@custom-identity-platform/sdk'
import { Button, FileButton } from '@mantine/core'
import { useState } from 'react'
import { useApi, useMessages } from './account-context.tsx'
import { Problem } from './parts.tsx'
import { useRefresh } from './queries.ts'
import { resizePicture } from './resize-picture.ts'
import { useAction } from './step-up.tsx'

const letterOf = ({ attributes, username, email }: Me): string =>
  String(attributes['given_name'] ?? attributes['name'] ?? username ?? email ?? '?')
    .charAt(0)
    .toUpperCase()

const usePicture = () => {
  const [api, refresh, toast] = [useApi(), useRefresh(), useToast()]
  const { page } = useMessages()
  const [isUnreadable, setUnreadable] = useState(false)
  const change = useAction({
    run: api.setAvatar,
    done: () => {
      toast(page.pictureSaved)
      return refresh('me')
    },
  })
  const remove = useAction({
    run: api.removeAvatar,
    done: () => {
      toast(page.pictureRemoved)
      return refresh('me')
    },
  })
  const choose = async (file: File | null): Promise<void> => {
    if (file === null) return
    const small = await resizePicture(file)
    setUnreadable(small === undefined)
    if (small !== undefined) change.act(small)
  }
  return { choose, change, remove, problem: isUnreadable ? page.pictureFailed : (change.problem ?? remove.problem) }
}

export const Picture = ({ me }: { readonly me: Me }) => {
  const { page } = useMessages()
  const { choose, change, remove, problem } = usePicture()
  return (
    <Panel title={page.picture} intro={page.pictureIntro}>
      <div className="picture">
        <div className="picture-round">
          {me.avatar_url === null ? <span aria-hidden="true">{letterOf(me)}</span> : <img src={me.avatar_url} alt={page.pictureOf} />}
        </div>
        <div className="actions">
          <FileButton {...chooseAgain} onChange={choose} accept="image/png,image/jpeg,image/webp">
            {(props) => (
              <Button {...props} variant="default" loading={change.isPending}>
                {page.choosePicture}
              </Button>
            )}
          </FileButton>
          {me.avatar_url === null ? null : (
            <Button variant="subtle" color="red" onClick={() => remove.act()} loading={remove.isPending}>
              {page.removePicture}
            </Button>
          )}
        </div>
      </div>
      <Problem>{problem}</Problem>
    </Panel>
  )
}
