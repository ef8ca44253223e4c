import { NativeSelect, TextInput } from '@mantine/core'
import { useMessages } from '../../console-context.tsx'
import { Checkbox } from '../../parts/checkbox.tsx'
import type { HookDraft, Point } from './hook-draft.ts'

type FieldsProps = {
  readonly point: Point
  readonly draft: HookDraft
  readonly isStored: boolean
  readonly errors: Readonly<Record<string, string>>
  readonly isLocked: boolean
  readonly onChange: (members: Partial<HookDraft>) => void
}

/** What happens to people while it is asked. */
const Waiting = ({ point, draft, errors, onChange }: Pick<FieldsProps, 'point' | 'draft' | 'errors' | 'onChange'>) => {
  const { hooks, parts } = useMessages()
  const choices = (['allow', 'refuse'] as const).map((value) => ({ value, label: hooks.failures[value] }))
  return (
    <>
      <NativeSelect
        label={hooks.onFailure}
        description={hooks.onFailureHint}
        value={draft.onFailure}
        error={errors[`${point}.on_failure`]}
        data={[{ value: '', label: parts.notSet, disabled: true }, ...choices]}
        onChange={(event) => onChange({ onFailure: event.currentTarget.value === 'refuse' ? 'refuse' : 'allow' })}
      />
      <TextInput
        label={hooks.timeout}
        description={hooks.timeoutHint}
        inputMode="numeric"
        value={draft.timeout}
        error={errors[`${point}.timeout_ms`]}
        onChange={(event) => onChange({ timeout: event.currentTarget.value.replaceAll(/\D/g, '') })}
      />
    </>
  )
}

export const HookFields = ({ point, draft, isStored, errors, isLocked, onChange }: FieldsProps) => {
  const { hooks } = useMessages()
  const { title, text } = hooks.points[point]
  const isUsed = draft.url.trim() !== ''
  return (
    <fieldset disabled={isLocked} className="plain-set stack-tight">
      <legend className="field-label">{title}</legend>
      <p className="quiet">{text}</p>
      <div className="fields">
        <TextInput
          label={`${hooks.url}: ${title}`}
          description={hooks.urlHint}
          type="url"
          value={draft.url}
          error={errors[`${point}.url`]}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => onChange({ url: event.currentTarget.value })}
        />
        {isUsed ? <Waiting {...{ point, draft, errors, onChange }} /> : null}
      </div>
      {isUsed ? (
        <>
          <Checkbox label={hooks.enabled} isChecked={draft.enabled} onChange={(enabled) => onChange({ enabled })} />
          {isStored ? (
            <Checkbox
              label={hooks.newSecret}
              description={hooks.newSecretText}
              isChecked={draft.hasNewSecret}
              onChange={(hasNewSecret) => onChange({ hasNewSecret })}
            />
          ) : null}
        </>
      ) : null}
    </fieldset>
  )
}
