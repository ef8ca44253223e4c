import { Button, NativeSelect, TextInput } from '@mantine/core'
import { isColour } from './colours.ts'
import type { BackgroundKind, LookDraft } from './look-draft.ts'
import { useWords } from './words.tsx'

type ColourProps = {
  readonly label: string
  readonly value: string
  readonly problem: string | undefined
  readonly onChange: (value: string) => void
}

// What the server says of a colour that cannot be read ends with the shade that can.
const shadeIn = (problem: string | undefined): string | undefined => /nearest shade that has it is (#[0-9a-f]{6})/.exec(problem ?? '')?.[1]

/** A colour as text, and beside it the picker of the browser. */
const ColourField = ({ label, value, problem, onChange }: ColourProps) => {
  const { branding } = useWords()
  const shade = shadeIn(problem)
  const error = problem === undefined ? undefined : shade === undefined ? branding.badColour : branding.unreadable(shade)
  return (
    <div className="stack-tight">
      <TextInput
        {...{ label, value, error, description: branding.colourHint }}
        className="area-colour"
        dir="ltr"
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => onChange(event.currentTarget.value)}
        rightSectionPointerEvents="all"
        rightSection={
          <input
            type="color"
            aria-label={branding.pick(label)}
            value={isColour(value) ? value.trim() : '#808080'}
            onChange={(event) => onChange(event.currentTarget.value)}
          />
        }
      />
      {shade === undefined ? null : (
        <div>
          <Button variant="default" size="xs" onClick={() => onChange(shade)}>
            {branding.take(shade)}
          </Button>
        </div>
      )}
    </div>
  )
}

type FieldsProps = {
  readonly draft: LookDraft
  readonly set: (members: Partial<LookDraft>) => void
  readonly fields: Readonly<Record<string, string>>
}

const kinds: readonly BackgroundKind[] = ['none', 'plain', 'gradient', 'colour']

const isWrong = (colour: string): boolean => colour.trim() !== '' && !isColour(colour)

const Background = ({ draft, set, fields: { background: problem } }: FieldsProps) => {
  const { branding } = useWords()
  // The server speaks of both together.
  const inDark = isWrong(draft.dark) ? problem : undefined
  const inLight = inDark === undefined || isWrong(draft.light) ? problem : undefined
  return (
    <>
      <NativeSelect
        {...{ label: branding.background, value: draft.kind }}
        data={kinds.map((value) => ({ value, label: branding.backgrounds[value] }))}
        onChange={({ currentTarget: { value } }) => set({ kind: kinds.find((one) => one === value) ?? 'none' })}
      />
      {draft.kind === 'colour' ? (
        <div className="fields">
          <ColourField
            {...{ label: branding.backgroundLight, value: draft.light, problem: inLight, onChange: (light) => set({ light }) }}
          />
          <ColourField {...{ label: branding.backgroundDark, value: draft.dark, problem: inDark, onChange: (dark) => set({ dark }) }} />
        </div>
      ) : null}
    </>
  )
}

export const LookFields = (props: FieldsProps) => {
  const { draft, set, fields } = props
  const { branding } = useWords()
  return (
    <>
      <TextInput
        {...{ label: branding.name, description: branding.nameHint, value: draft.name, error: fields['display_name'] }}
        maxLength={100}
        autoComplete="off"
        onChange={(event) => set({ name: event.currentTarget.value })}
      />
      <ColourField {...{ label: branding.accent, value: draft.accent, problem: fields['accent'], onChange: (accent) => set({ accent }) }} />
      <Background {...props} />
    </>
  )
}
