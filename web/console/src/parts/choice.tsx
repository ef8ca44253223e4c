import { NativeSelect } from '@mantine/core'

type ChoiceProps<V extends string> = {
  readonly label: string
  readonly description?: string | undefined
  readonly value: V
  /** What can be chosen, by what it is called. */
  readonly words: Readonly<Record<V, string>>
  readonly onChange: (value: V) => void
}

/** One of a few. */
export const Choice = <V extends string>({ label, description, value, words, onChange }: ChoiceProps<V>) => (
  <NativeSelect
    {...{ label, value }}
    {...(description === undefined ? {} : { description })}
    data={Object.entries<string>(words).map(([one, name]) => ({ value: one, label: name }))}
    onChange={(event) => onChange(event.currentTarget.value as V)}
  />
)
