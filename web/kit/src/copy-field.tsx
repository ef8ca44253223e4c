import { useRef } from 'react'
import { Icon } from './icons.tsx'
import { useToast } from './toasts.tsx'

export type CopyWords = { readonly copy: string; readonly copied: string; readonly selectedToCopy: string }
type CopyFieldProps = { readonly value: string; readonly label: string; readonly words: CopyWords }

/** A text that is needed elsewhere, exactly as it is. */
export const CopyField = ({ value, label, words }: CopyFieldProps) => {
  const toast = useToast()
  const text = useRef<HTMLElement>(null)
  // Browsers lend the clipboard to secure origins alone; elsewhere the text is selected, ready to be copied by hand.
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(value)
      toast(words.copied)
    } catch {
      if (text.current !== null) getSelection()?.selectAllChildren(text.current)
      toast(words.selectedToCopy)
    }
  }
  return (
    <span className="copy-field">
      <code ref={text} dir="ltr">
        {value}
      </code>
      <button type="button" className="icon-button" aria-label={`${words.copy}: ${label}`} onClick={() => void copy()}>
        <Icon name="copy" size={16} />
      </button>
    </span>
  )
}
