import { Checkbox } from '@custom-identity-platform/kit/checkbox.tsx'
import { NativeSelect } from '@mantine/core'
import { useId } from 'react'
import { type Method, type PolicyDraft, spans, unitOf } from './policy-draft.ts'
import { useList } from './role-words.ts'
import { useWords } from './words.tsx'

const useSpan = () => {
  const { policy } = useWords()
  return (seconds: number): string => {
    const { unit, count } = unitOf(seconds)
    return policy[unit](count)
  }
}

type FieldsProps = {
  readonly draft: PolicyDraft
  readonly set: (members: Partial<PolicyDraft>) => void
  readonly offered: readonly string[]
  readonly wrong: string | undefined
}

const SpanField = ({ draft, set }: Pick<FieldsProps, 'draft' | 'set'>) => {
  const { policy } = useWords()
  const inWords = useSpan()
  const known = draft.session_seconds ?? 0
  const all = known === 0 || spans.some((one) => one === known) ? spans : [...spans, known].toSorted((one, other) => one - other)
  return (
    <NativeSelect
      label={policy.session}
      value={String(known)}
      data={[{ value: '0', label: policy.sessionOff }, ...all.map((one) => ({ value: String(one), label: inWords(one) }))]}
      onChange={({ currentTarget: { value } }) => set({ session_seconds: value === '0' ? null : Number(value) })}
    />
  )
}

const Methods = ({ draft, set, offered, wrong }: FieldsProps) => {
  const { policy } = useWords()
  const id = useId()
  const isNone = draft.methods.length === 0
  // One that the service offers no longer stays ticked until somebody takes it out.
  const all = [...new Set([...offered, ...draft.methods])] as readonly Method[]
  const toggle = (one: Method, isWanted: boolean): void =>
    set({ methods: isWanted ? [...draft.methods, one] : draft.methods.filter((method) => method !== one) })
  return (
    <fieldset className="area-fieldset" aria-describedby={`${id}-wrong`}>
      <legend className="hidden-text">{policy.methodsSome}</legend>
      {all.map((one) => (
        <Checkbox
          key={one}
          label={policy.methodNames[one] ?? one}
          isChecked={draft.methods.includes(one)}
          onChange={(isWanted) => toggle(one, isWanted)}
        />
      ))}
      <p className="area-wrong" id={`${id}-wrong`} role="alert">
        {isNone ? policy.methodsNone : wrong}
      </p>
    </fieldset>
  )
}

export const PolicyFields = (props: FieldsProps) => {
  const { draft, set } = props
  const { policy } = useWords()
  return (
    <>
      <NativeSelect
        label={policy.secondFactor}
        value={draft.second_factor}
        data={Object.entries(policy.secondFactors).map(([value, label]) => ({ value, label }))}
        onChange={({ currentTarget: { value } }) => set({ second_factor: value === 'required' ? 'required' : 'off' })}
      />
      <SpanField {...{ draft, set }} />
      <NativeSelect
        label={policy.methods}
        value={draft.isLimited ? 'some' : 'all'}
        data={[
          { value: 'all', label: policy.methodsAll },
          { value: 'some', label: policy.methodsSome },
        ]}
        onChange={({ currentTarget: { value } }) => set({ isLimited: value === 'some' })}
      />
      {draft.isLimited ? <Methods {...props} /> : null}
    </>
  )
}

/** The rules in words, while they are chosen. */
export const PolicyMeaning = ({ draft }: { readonly draft: PolicyDraft }) => {
  const { policy } = useWords()
  const [inWords, list] = [useSpan(), useList()]
  const { second_factor: factor, session_seconds: seconds, isLimited, methods } = draft
  const sentences = [
    factor === 'required' ? policy.meansFactor : policy.meansNoFactor,
    seconds === null ? policy.meansNoSession : policy.meansSession(inWords(seconds)),
    isLimited && methods.length > 0
      ? policy.meansMethods(list(methods.map((one) => policy.methodNames[one] ?? one)))
      : policy.meansAllMethods,
    policy.meansNow,
  ]
  return (
    <ul className="area-sentences" aria-live="polite">
      {sentences.map((one) => (
        <li key={one}>{one}</li>
      ))}
    </ul>
  )
}
