import { Panel } from '@custom-identity-platform/kit/panel.tsx'
import type { Me } from '@custom-identity-platform/sdk'
import { NativeSelect } from '@mantine/core'
import { useMessages } from '../account-context.tsx'
import { useLanguageChoice } from '../language-choice.ts'
import { catalogues, tags } from '../messages/messages.ts'
import { Loaded, PageHead, Problem } from '../parts.tsx'
import { useMe } from '../queries.ts'

const options = tags.map((tag) => ({ value: tag as string, label: catalogues[tag].name }))

const Choice = ({ me }: { readonly me: Me }) => {
  const { language } = useMessages()
  const { act, problem, isPending } = useLanguageChoice()
  const isOther = me.language !== null && !options.some(({ value }) => value === me.language)
  const other = isOther ? [{ value: me.language, label: me.language }] : []
  return (
    <>
      <NativeSelect
        label={language.label}
        value={me.language ?? ''}
        disabled={isPending}
        data={[{ value: '', label: language.automatic }, ...other, ...options]}
        onChange={(event) => act(event.currentTarget.value || null)}
      />
      <Problem>{problem}</Problem>
    </>
  )
}

export const Page = () => {
  const { language } = useMessages()
  return (
    <>
      <PageHead title={language.title}>{language.intro}</PageHead>
      <Panel isOnlyOne title={language.title}>
        <Loaded query={useMe()}>{(me) => <Choice me={me} />}</Loaded>
      </Panel>
    </>
  )
}
