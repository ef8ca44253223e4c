import { chooseAgain } from '@custom-identity-platform/kit/choose-again.ts'
import { useToast } from '@custom-identity-platform/kit/toasts.tsx'
import type { OrganizationLook, Tagged } from '@custom-identity-platform/sdk'
import { Button, FileButton } from '@mantine/core'
import { Problem } from '../parts.tsx'
import { useAction, useSensitive } from '../step-up.tsx'
import { useOrganizationApi, useRefreshOrganization } from './queries.ts'
import { useWords } from './words.tsx'

type LogoProps = {
  readonly id: string
  readonly logo: OrganizationLook['logo']
  readonly onDrop: () => void
  /** `on`: the tag of the state that it was uploaded on. */
  readonly onUploaded: (uploaded: { readonly saved: Tagged<OrganizationLook>; readonly on: string | undefined }) => void
}

/** The logo is uploaded by itself and counts at once; the rest of the form is left as it is. */
export const Logo = ({ id, logo, onDrop, onUploaded }: LogoProps) => {
  const [api, refresh, toast] = [useOrganizationApi(id), useRefreshOrganization(id), useToast()]
  const { branding, area } = useWords()
  const { act, isPending, problem } = useAction({
    // It changes the picture alone, so it goes onto whatever state is there now.
    run: async (file: File) => {
      const { etag: on } = await api.look()
      return { saved: await api.setLogo(file, { ifMatch: on }), on }
    },
    done: (uploaded) => {
      onUploaded(uploaded)
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
        <FileButton {...chooseAgain} accept="image/png,image/jpeg,image/webp" onChange={(file) => (file === null ? undefined : act(file))}>
          {(props) => (
            <Button {...props} variant="default" size="xs" loading={isPending}>
              {branding.logoUpload}
            </Button>
          )}
        </FileButton>
        {logo === null ? null : (
          <Button variant="subtle" color="red" size="xs" onClick={onDrop}>
            {branding.logoDrop}
          </Button>
        )}
      </div>
      <Problem>{problem}</Problem>
    </div>
  )
}
