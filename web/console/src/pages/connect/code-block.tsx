import { Icon } from '@custom-identity-platform/kit/icons.tsx'
import { useToast } from '@custom-identity-platform/kit/toasts.tsx'
import { Button } from '@mantine/core'
import { useId } from 'react'
import { useMessages } from '../../console-context.tsx'

/** Text that is pasted elsewhere, as it is. Long ones scroll, by keyboard too. */
export const CodeBlock = ({ label, text }: { readonly label: string; readonly text: string }) => {
  const { parts } = useMessages()
  const toast = useToast()
  const id = useId()
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(text)
    toast(parts.copied)
  }
  return (
    <section className="code-block" aria-labelledby={id}>
      <div className="code-head">
        <h3 id={id}>{label}</h3>
        <Button
          size="xs"
          variant="default"
          leftSection={<Icon name="copy" size={16} />}
          aria-label={`${parts.copy}: ${label}`}
          onClick={() => void copy()}
        >
          {parts.copy}
        </Button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard */}
      <pre className="code" tabIndex={0}>
        {text}
      </pre>
    </section>
  )
}
