import { pluralIn } from '@custom-identity-platform/kit/plural.ts'
import { useQuery } from '@tanstack/react-query'
import { useAdmin, useLanguage, useMay, useMessages } from '../../console-context.tsx'
import { Checkbox } from '../../parts/checkbox.tsx'

type PickerProps = {
  readonly chosen: readonly string[]
  readonly onChange: (chosen: readonly string[]) => void
  readonly error?: string | undefined
}

const useGroups = (chosen: readonly string[]) => {
  const [admin, may] = [useAdmin(), useMay()]
  const { data = [] } = useQuery({
    queryKey: ['events', 'types'],
    enabled: may('events:read'),
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async ({ signal }) => (await admin.get('/events/types', { signal })).body.types,
  })
  // Whoever may read no events sees at least what is chosen.
  const others = chosen.filter((one) => !one.includes('*') && !data.some(({ type }) => type === one))
  const all = [...data, ...others.map((type) => ({ type, sentence: '' }))]
  return [...Map.groupBy(all, ({ type }) => type.split('.')[0] ?? '')]
}

const toggled = (chosen: readonly string[], one: string): readonly string[] =>
  chosen.includes(one) ? chosen.filter((other) => other !== one) : [...chosen, one]

type EventType = { readonly type: string; readonly sentence: string }
type GroupProps = Omit<PickerProps, 'error'> & { readonly group: string; readonly types: readonly EventType[] }

const Group = ({ group, types, chosen, onChange }: GroupProps) => {
  const { webhooks } = useMessages()
  const plural = pluralIn(useLanguage())
  const count = chosen.filter((one) => one.startsWith(`${group}.`)).length
  const isGroup = chosen.includes(`${group}.*`)
  const takeGroup = (): void => {
    const rest = chosen.filter((one) => !one.startsWith(`${group}.`))
    onChange(isGroup ? rest : [...rest, `${group}.*`])
  }
  return (
    <details className="picker-group">
      <summary>
        {group.replaceAll('_', ' ')} {count > 0 ? <span className="quiet">({plural(count, webhooks.chosen)})</span> : null}
      </summary>
      <div className="stack-tight">
        <Checkbox label={webhooks.all(`${group}.*`)} isChecked={isGroup} onChange={takeGroup} />
        {types.map(({ type, sentence }) => (
          <Checkbox
            key={type}
            label={<span className="mono">{type}</span>}
            description={sentence}
            isChecked={isGroup || chosen.includes(type)}
            isDisabled={isGroup}
            onChange={() => onChange(toggled(chosen, type))}
          />
        ))}
      </div>
    </details>
  )
}

/** Which events are sent: everything, groups of them, or single ones. */
export const EventPicker = ({ chosen, onChange, error }: PickerProps) => {
  const { webhooks } = useMessages()
  const groups = useGroups(chosen)
  const isAll = chosen.includes('*')
  return (
    <fieldset className="plain-set stack-tight">
      <legend className="field-label">{webhooks.wants}</legend>
      <Checkbox
        label={webhooks.everything}
        description={webhooks.everythingText}
        isChecked={isAll}
        onChange={(wanted) => onChange(wanted ? ['*'] : [])}
      />
      {isAll ? null : groups.map(([group, types]) => <Group key={group} {...{ group, types, chosen, onChange }} />)}
      {error === undefined ? null : (
        <p className="mantine-InputWrapper-error" role="alert">
          {error}
        </p>
      )}
    </fieldset>
  )
}
