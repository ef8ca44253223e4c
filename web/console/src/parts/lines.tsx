import { Textarea } from '@mantine/core'
import { useState } from 'react'

type LinesProps = {
  readonly label: string
  readonly description?: string
  readonly value: readonly string[]
  readonly onChange: (value: readonly string[]) => void
}

const linesOf = (text: string): readonly string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')

const isSame = (one: readonly string[], other: readonly string[]): boolean => one.join('\n') === other.join('\n')

/** A list of texts, one on each line. */
export const Lines = ({ label, description, value, onChange }: LinesProps) => {
  const [text, setText] = useState(value.join('\n'))
  return (
    <Textarea
      {...{ label, value: isSame(linesOf(text), value) ? text : value.join('\n') }}
      {...(description === undefined ? {} : { description })}
      autosize
      minRows={2}
      maxRows={10}
      spellCheck={false}
      onChange={({ currentTarget: { value: now } }) => {
        setText(now)
        onChange(linesOf(now))
      }}
    />
  )
}
