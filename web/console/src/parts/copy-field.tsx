import { Icon } from '@custom-identity-platform/kit/icons.tsx'
import { useToast } from '@custom-identity-platform/kit/toasts.tsx'
import { useRef } from 'react'
import { useMessages } from '../console-context.tsx'

/** A text that is needed elsewhere, exactly as it is. */
export const CopyField = ({ value, label }: { readonly value: string; readonly label: string }) => {
  const { parts } = useMessages()
  const toast = useToast()
  const text = useRef<HTMLElement>(null)
  // Browsers lend the clipboard to secure origins alone; elsewhere the text is selected, ready to be copied by hand.
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(value)
      toast(parts.copied)
    } catch {
      if (text.current !== null) getSelection()?.selectAllChildren(text.current)
      toast(parts.selectedToCopy)
    }
  }
  return (
    <span className="copy-field">
      <code ref={text}>{value}</code>
      <button type="button" className="icon-button" aria-label={`${parts.copy}: ${label}`} onClick={() => void copy()}>
        <Icon name="copy" size={16} />
      </button>
    </span>
  )
}
