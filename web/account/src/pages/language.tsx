import { Panel } from '@custom-identity-platform/kit/panel.tsx'
import { useToast } from '@custom-identity-platform/kit/toasts.tsx'
import type { Me } from '@custom-identity-platform/sdk'
import { NativeSelect } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useApi, useMessages } from '../account-context.tsx'
import { Loaded, PageHead, Problem } from '../parts.tsx'
import { keys, useMe, useRefresh } from '../queries.ts'
import { useAction } from '../step-up.tsx'

// Those that mails and hosted pages are written in.
const languages = ['ar', 'de', 'en', 'es', 'fr', 'ja', 'pt', 'sw'] as const

/** Each language by its own name. */
const nameOf = (language: string): string => {
  const name = new Intl.DisplayNames([language], { type: 'language' }).of(language) ?? language
  return name.charAt(0).toLocaleUpperCase(language) + name.slice(1)
}

const Choice = ({ me }: { readonly me: Me }) => {
  const [api, queries, toast, refresh] = [useApi(), useQueryClient(), useToast(), useRefresh()]
  const { language } = useMessages()
  const { act, problem, isPending } = useAction({
    run: api.setLanguage,
    done: (_, chosen) => {
      queries.setQueryData<Me>(keys.me, (known) => known && { ...known, language: chosen })
      toast(language.saved)
      return refresh('me')
    },
  })
  const known = me.language === null || (languages as readonly string[]).includes(me.language) ? languages : [me.language, ...languages]
  return (
    <>
      <NativeSelect
        label={language.label}
        value={me.language ?? ''}
        disabled={isPending}
        data={[{ value: '', label: language.automatic }, ...known.map((one) => ({ value: one, label: nameOf(one) }))]}
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
