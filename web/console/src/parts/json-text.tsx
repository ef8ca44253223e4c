import { Textarea } from '@mantine/core'
import { useState } from 'react'
import { useMessages } from '../console-context.tsx'

type JsonTextProps<T> = {
  readonly label: string
  readonly description?: string
  readonly value: T
  /** Told only what can be read; until then the error stands at the field. */
  readonly onChange: (value: T) => void
}

const print = (value: unknown): string => JSON.stringify(value, null, 2)

const read = <T,>(text: string): { readonly value: T } | undefined => {
  try {
    return { value: JSON.parse(text) as T }
  } catch {
    return undefined
  }
}

/** A value of any shape, written as JSON. */
export const JsonText = <T,>({ label, description, value, onChange }: JsonTextProps<T>) => {
  const { parts } = useMessages()
  const [text, setText] = useState(print(value))
  const written = read<T>(text)
  // What was changed elsewhere takes the place of what says something else.
  const shown = written !== undefined && print(written.value) !== print(value) ? print(value) : text
  return (
    <Textarea
      {...{ label, value: shown }}
      {...(description === undefined ? {} : { description })}
      {...(written === undefined ? { error: parts.notJson } : {})}
      className="json-text"
      autosize
      minRows={6}
      maxRows={28}
      spellCheck={false}
      onChange={({ currentTarget: { value: now } }) => {
        setText(now)
        const then = read<T>(now)
        if (then !== undefined) onChange(then.value)
      }}
    />
  )
}
