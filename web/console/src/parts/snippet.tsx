import { Icon } from '@custom-identity-platform/kit/icons.tsx'
import { useToast } from '@custom-identity-platform/kit/toasts.tsx'
import { Button } from '@mantine/core'
import { useMessages } from '../console-context.tsx'

/** Lines of code or of a terminal, to be taken along. */
export const Snippet = ({ title, text }: { readonly title: string; readonly text: string }) => {
  const { parts } = useMessages()
  const toast = useToast()
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(text)
    toast(parts.copied)
  }
  return (
    <div className="stack-tight">
      <div className="form-foot">
        <strong>{title}</strong>
        <Button
          variant="default"
          size="xs"
          aria-label={`${parts.copy}: ${title}`}
          leftSection={<Icon name="copy" size={14} />}
          onClick={() => void copy()}
        >
          {parts.copy}
        </Button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls */}
      <section className="json" tabIndex={0} aria-label={title}>
        <code>{text}</code>
      </section>
    </div>
  )
}
