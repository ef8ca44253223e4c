import { styleText } from 'node:util'
import { type ConfigChange, countsOf } from '../compose-config.ts'
import { plain } from './output.ts'

const colours = { create: 'green', change: 'yellow', delete: 'red' } as const
const signs = { create: '+', change: '~', delete: '-' } as const
const valueLengthMax = 300

const coloured = (colour: 'green' | 'yellow' | 'red', text: string): string => styleText(colour, text, { stream: process.stdout })

const shownValue = (value: unknown): string => {
  const text = plain(JSON.stringify(value) ?? '')
  return text.length > valueLengthMax ? `${text.slice(0, valueLengthMax)}... (${text.length} characters)` : text
}

const linesOf = ({ section, key, kind, differences }: ConfigChange): readonly string[] => [
  coloured(colours[kind], `${signs[kind]} ${section} ${plain(key)}`),
  ...(kind === 'delete'
    ? []
    : differences.flatMap(({ at, before, after }) => [
        ...(before === undefined ? [] : [coloured('red', `    - ${plain(at)}: ${shownValue(before)}`)]),
        ...(after === undefined ? [] : [coloured('green', `    + ${plain(at)}: ${shownValue(after)}`)]),
      ])),
]

/** Changes as people read them. */
export const printChanges = (changes: readonly ConfigChange[]): readonly string[] => {
  if (changes.length === 0) return ['Nothing differs.']
  const { created, changed, deleted } = countsOf(changes)
  return [...changes.flatMap(linesOf), '', `${created} to make, ${changed} to change, ${deleted} to delete.`]
}
