import { chooseAgain } from '@custom-identity-platform/kit/choose-again.ts'
import { Button, FileButton } from '@mantine/core'
import { useMessages } from '../console-context.tsx'
import { Problem } from './failure.tsx'
import { useAction } from './use-action.ts'

type LogoFieldProps = {
  /** Whether the draft has a logo, and where its picture is. */
  readonly hasLogo: boolean
  readonly src: string | undefined
  readonly upload: (file: File) => Promise<unknown>
  /** It has been uploaded. */
  readonly done: () => Promise<void>
  readonly refresh: readonly (readonly unknown[])[]
  readonly onDrop: () => void
}

/** The logo is uploaded by itself: it counts at once, and the rest of the form is left as it is. */
export const LogoField = ({ hasLogo, src, upload, done, refresh, onDrop }: LogoFieldProps) => {
  const { branding } = useMessages()
  const { act, error, isPending } = useAction({ run: upload, said: branding.logoUploaded, refresh, done })
  return (
    <div className="stack-tight">
      <p className="field-name">{branding.logo}</p>
      <p className="quiet">{branding.logoHint}</p>
      {src === undefined ? null : <img className="logo-now" alt={branding.logoNow} src={src} />}
      <div className="actions">
        <FileButton {...chooseAgain} accept="image/png,image/jpeg,image/webp" onChange={(file) => (file === null ? undefined : act(file))}>
          {(props) => (
            <Button {...props} variant="default" size="xs" loading={isPending}>
              {branding.logoUpload}
            </Button>
          )}
        </FileButton>
        {hasLogo ? (
          <Button variant="subtle" size="xs" onClick={onDrop}>
            {branding.logoDrop}
          </Button>
        ) : null}
      </div>
      <Problem error={error} />
    </div>
  )
}
