import { Dialog, DialogFoot } from '@custom-identity-platform/kit/dialog.tsx'
import { Notice } from '@custom-identity-platform/kit/panel.tsx'
import { Button } from '@mantine/core'
import { useMessages } from '../console-context.tsx'
import { CopyField } from './copy-field.tsx'

type Props = { readonly title: string; readonly label: string; readonly secret: string; readonly onDone: () => void }

/** A secret that the server shows now and never again; it is kept nowhere here. */
export const SecretOnce = ({ title, label, secret, onDone }: Props) => {
  const { parts } = useMessages()
  return (
    <Dialog title={title} onClose={onDone} isBusy>
      <Notice kind="warn">
        <p>{parts.secret.once}</p>
      </Notice>
      <p className="secret">
        <CopyField value={secret} label={label} />
      </p>
      <DialogFoot>
        <Button onClick={onDone}>{parts.secret.done}</Button>
      </DialogFoot>
    </Dialog>
  )
}
