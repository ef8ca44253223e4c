import { Panel } from '@custom-identity-platform/kit/panel.tsx'
import { useLocale, useMessages } from '../../console-context.tsx'
import { firstFactors, type Policy, secondFactors } from './policy.ts'
import { useSpan } from './span.tsx'

const useSentences = (draft: Policy): readonly string[] => {
  const { policy, summary } = useMessages().signInSettings
  const say = useSpan()
  const list = new Intl.ListFormat(useLocale(), { type: 'disjunction' })
  const ways = firstFactors.filter((method) => draft.methods[method]).map((method) => policy.methods[method].name.toLowerCase())
  const hasSecond = secondFactors.some((method) => draft.methods[method])
  return [
    `${summary.page[draft.form]}.`,
    ways.length === 0 ? summary.noWay : summary.ways(list.format(ways)),
    ...(hasSecond
      ? [
          summary.second[draft.second_factor],
          draft.trusted_device_seconds === 0 ? summary.notTrusted : summary.trusted(say(draft.trusted_device_seconds)),
        ]
      : [summary.noSecond]),
    summary.newcomers[draft.sign_up],
    ...(draft.sign_up === 'closed' ? [] : [summary.proof[draft.email_proof]]),
    summary.fresh(say(draft.reauthentication_seconds)),
  ]
}

/** The policy as it stands in the form, in the words of whom it is for. */
export const Summary = ({ draft }: { readonly draft: Policy }) => {
  const { summary } = useMessages().signInSettings
  return (
    <Panel title={summary.title}>
      <ul className="sentences" aria-live="polite">
        {useSentences(draft).map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </Panel>
  )
}
