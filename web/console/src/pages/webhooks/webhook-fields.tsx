import { TextInput } from '@mantine/core'
import { useMessages } from '../../console-context.tsx'
import { Checkbox } from '../../parts/checkbox.tsx'
import type { Form } from '../../parts/use-form.ts'
import { EventPicker } from './event-picker.tsx'

export type WebhookDraft = {
  readonly url: string
  readonly description: string
  readonly event_types: readonly string[]
  readonly enabled: boolean
}

export const WebhookFields = ({ form: { draft, set, errors } }: { readonly form: Form<WebhookDraft> }) => {
  const { webhooks } = useMessages()
  const wrong = Object.entries(errors).find(([name]) => name.startsWith('event_types'))
  return (
    <>
      <TextInput
        label={webhooks.url}
        description={webhooks.urlHint}
        type="url"
        value={draft.url}
        error={errors['url']}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => set({ url: event.currentTarget.value })}
      />
      <TextInput
        label={webhooks.description}
        description={webhooks.descriptionHint}
        value={draft.description}
        error={errors['description']}
        autoComplete="off"
        onChange={(event) => set({ description: event.currentTarget.value })}
      />
      <EventPicker chosen={draft.event_types} error={wrong?.[1]} onChange={(event_types) => set({ event_types })} />
      <Checkbox
        label={webhooks.enabled}
        description={webhooks.enabledText}
        isChecked={draft.enabled}
        onChange={(enabled) => set({ enabled })}
      />
    </>
  )
}
