import { useToast } from '@custom-identity-platform/kit/toasts.tsx'
import type { OrganizationLook, Tagged } from '@custom-identity-platform/sdk'
import { Button, FileButton } from '@mantine/core'
import { useMessages } from '../account-context.tsx'
import { Problem } from '../parts.tsx'
import { useAction, useSensitive } from '../step-up.tsx'
import { useOrganizationApi, useRefreshOrganization } from './queries.ts'
import { useWords } from './words.tsx'

type LogoProps = {
  readonly id: string
  readonly stored: Tagged<OrganizationLook>
  readonly logo: OrganizationLook['logo']
  readonly onDrop: () => void
  readonly onUploaded: (saved: Tagged<OrganizationLook>) => void
}

/** The logo is uploaded by itself and counts at once; the rest of the form is left as it is. */
export const Logo = ({ id, stored, logo, onDrop, onUploaded }: LogoProps) => {
  const [api, refresh, toast] = [useOrganizationApi(id), useRefreshOrganization(id), useToast()]
  const { branding, area } = useWords()
  const { remove } = useMessages()
  const { act, isPending, problem } = useAction({
    run: (file: File) => api.setLogo(file, { ifMatch: stored.etag }),
    done: (saved) => {
      onUploaded(saved)
      toast(branding.logoUploaded)
      return refresh()
    },
    sensitive: useSensitive(`logo ${id}`, () => undefined, area.stepUp),
  })
  return (
    <div className="stack-tight">
      <p className="area-label">{branding.logo}</p>
      <p className="quiet">{branding.logoHint}</p>
      {logo?.url === undefined ? null : <img className="area-logo" alt={branding.logoNow} src={logo.url} />}
      <div className="actions">
        <FileButton accept="image/png,image/jpeg,image/webp" onChange={(file) => (file === null ? undefined : act(file))}>
          {(props) => (
            <Button {...props} variant="default" size="xs" loading={isPending}>
              {branding.logoUpload}
            </Button>
          )}
        </FileButton>
        {logo === null ? null : (
          <Button variant="subtle" color="red" size="xs" aria-label={branding.logoDrop} onClick={onDrop}>
            {remove}
          </Button>
        )}
      </div>
      <Problem>{problem}</Problem>
    </div>
  )
}
