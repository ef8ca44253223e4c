import { Icon } from '@custom-identity-platform/kit/icons.tsx'
import { useToast } from '@custom-identity-platform/kit/toasts.tsx'
import { useMessages } from '../console-context.tsx'

/** A text that is needed elsewhere, exactly as it is. */
export const CopyField = ({ value, label }: { readonly value: string; readonly label: string }) => {
  const { parts } = useMessages()
  const toast = useToast()
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(value)
    toast(parts.copied)
  }
  return (
    <span className="copy-field">
      <code>{value}</code>
      <button type="button" className="icon-button" aria-label={`${parts.copy}: ${label}`} onClick={() => void copy()}>
        <Icon name="copy" size={16} />
      </button>
    </span>
  )
}
