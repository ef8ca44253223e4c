import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useMessages } from '../console-context.tsx'
import { useSearchState } from './search-state.ts'

type TextFilter = {
  readonly kind: 'text'
  readonly name: string
  readonly label: string
  readonly placeholder?: string
  /** What cannot be looked for together with this. */
  readonly excludes?: readonly string[]
}
type ChoiceFilter = {
  readonly kind: 'choice'
  readonly name: string
  readonly label: string
  readonly choices: readonly { readonly value: string; readonly label: string }[]
  /** What it is called where nothing is chosen; by itself "All". */
  readonly usual?: string
}
type MomentFilter = { readonly kind: 'moment'; readonly name: string; readonly label: string }
export type Filter = TextFilter | ChoiceFilter | MomentFilter

const waitMs = 250

/** Typed text goes into the address when the typing pauses. */
const Text = ({ filter: { name, label, placeholder, excludes = [] } }: { readonly filter: TextFilter }) => {
  const { search, change } = useSearchState()
  const now = search[name] ?? ''
  const [typed, setTyped] = useState(now)
  useEffect(() => setTyped(now), [now])
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is the typing that is waited for
  useEffect(() => {
    if (typed.trim() === now) return undefined
    const others = Object.fromEntries(excludes.map((one) => [one, undefined]))
    const timer = setTimeout(() => change({ ...others, [name]: typed.trim() || undefined, cursor: undefined }), waitMs)
    return () => clearTimeout(timer)
  }, [typed])
  return (
    <TextInput
      {...{ label, placeholder, value: typed }}
      type="search"
      autoComplete="off"
      spellCheck={false}
      onChange={(event) => setTyped(event.currentTarget.value)}
    />
  )
}

const Choice = ({ filter: { name, label, choices, usual } }: { readonly filter: ChoiceFilter }) => {
  const { parts } = useMessages()
  const { search, change } = useSearchState()
  return (
    <NativeSelect
      label={label}
      value={search[name] ?? ''}
      data={[{ value: '', label: usual ?? parts.all }, ...choices]}
      onChange={(event) => change({ [name]: event.currentTarget.value || undefined, cursor: undefined })}
    />
  )
}

const pad = (part: number): string => String(part).padStart(2, '0')

/** An instant as the field for it shows it: on the clock of whoever reads it. */
const localText = (instant: string | undefined): string => {
  const at = new Date(instant ?? Number.NaN)
  if (Number.isNaN(at.getTime())) return ''
  return `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}T${pad(at.getHours())}:${pad(at.getMinutes())}`
}

const Moment = ({ filter: { name, label } }: { readonly filter: MomentFilter }) => {
  const { search, change } = useSearchState()
  const take = (text: string): void => {
    const at = new Date(text)
    change({ [name]: Number.isNaN(at.getTime()) ? undefined : at.toISOString(), cursor: undefined })
  }
  return (
    <TextInput type="datetime-local" label={label} value={localText(search[name])} onChange={(event) => take(event.currentTarget.value)} />
  )
}

const parts = { text: Text, choice: Choice, moment: Moment } as const

type BarProps = {
  readonly filters: readonly Filter[]
  /** What its button takes away; by itself these filters. */
  readonly clears?: readonly string[]
}

/** Filters of a list, each bound to the member of its name in the address. */
export const FilterBar = ({ filters, clears = filters.map(({ name }) => name) }: BarProps) => {
  const messages = useMessages()
  const { search, change } = useSearchState()
  const isUsed = clears.some((name) => search[name] !== undefined)
  const none = Object.fromEntries([...clears, 'cursor'].map((name) => [name, undefined]))
  return (
    <search className="filters" aria-label={messages.parts.filters}>
      {filters.map((filter) => {
        const Part = parts[filter.kind] as (props: { readonly filter: Filter }) => React.ReactNode
        return <Part key={filter.name} filter={filter} />
      })}
      {isUsed ? (
        <Button variant="subtle" size="xs" onClick={() => change(none)}>
          {messages.parts.clearFilters}
        </Button>
      ) : null}
    </search>
  )
}
