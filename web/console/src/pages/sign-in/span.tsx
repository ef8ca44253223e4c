import { pluralIn } from '@custom-identity-platform/kit/plural.ts'
import { NativeSelect } from '@mantine/core'
import { useLocale, useMessages } from '../../console-context.tsx'

const units = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
] as const

/** Says a time in its largest whole unit. */
export const useSpan = (): ((seconds: number) => string) => {
  const locale = useLocale()
  const { spans } = useMessages().signInSettings
  return (seconds) => {
    if (seconds === 0) return spans.zero
    const unit = units.find(([, size]) => seconds % size === 0)
    if (unit === undefined) return pluralIn(locale)(seconds, spans.seconds)
    return new Intl.NumberFormat(locale, { style: 'unit', unit: unit[0], unitDisplay: 'long' }).format(seconds / unit[1])
  }
}

type Props = {
  readonly label: string
  readonly value: number
  readonly usual: readonly number[]
  readonly onChange: (seconds: number) => void
}

/** A length of time to choose; one that was set elsewhere stays among the choices. */
export const SpanChoice = ({ label, value, usual, onChange }: Props) => {
  const say = useSpan()
  const all = [...new Set([...usual, value])].sort((one, other) => one - other)
  return (
    <NativeSelect
      {...{ label, value: String(value) }}
      data={all.map((seconds) => ({ value: String(seconds), label: say(seconds) }))}
      onChange={(event) => onChange(Number(event.currentTarget.value))}
    />
  )
}
