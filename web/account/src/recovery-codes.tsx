import { Dialog, DialogFoot } from '@custom-identity-platform/kit/dialog.tsx'
import { saveFile } from '@custom-identity-platform/kit/save-file.ts'
import { useToast } from '@custom-identity-platform/kit/toasts.tsx'
import { Button } from '@mantine/core'
import { useMessages } from './account-context.tsx'
import { useMe } from './queries.ts'

type CodesProps = { readonly codes: readonly string[]; readonly onClose: () => void }

/** New recovery codes, the one time that they can be seen: Escape does not close them by accident. */
export const RecoveryCodes = ({ codes, onClose }: CodesProps) => {
  const { secondFactor } = useMessages()
  const toast = useToast()
  const { data: me } = useMe()
  const text = `${secondFactor.fileHead(me?.email ?? me?.username ?? '')}\n\n${codes.join('\n')}\n`
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(codes.join('\n'))
    toast(secondFactor.copied)
  }
  return (
    <Dialog title={secondFactor.codesTitle} onClose={onClose} isBusy>
      <p>{secondFactor.codesText}</p>
      <ol className="codes">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ol>
      <div className="actions">
        <Button variant="default" size="xs" onClick={copy}>
          {secondFactor.copy}
        </Button>
        <Button variant="default" size="xs" onClick={() => saveFile(secondFactor.fileName, new Blob([text], { type: 'text/plain' }))}>
          {secondFactor.download}
        </Button>
        <Button variant="default" size="xs" onClick={() => print()}>
          {secondFactor.print}
        </Button>
      </div>
      <DialogFoot>
        <Button onClick={onClose}>{secondFactor.kept}</Button>
      </DialogFoot>
    </Dialog>
  )
}
