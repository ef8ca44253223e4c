import { useToast } from '@custom-identity-platform/kit/toasts.tsx'
import type { Me } from '@custom-identity-platform/sdk'
import { useQueryClient } from '@tanstack/react-query'
import { useApi, useMessages, useSpeakIn } from './account-context.tsx'
import { keys } from './queries.ts'
import { useAction } from './step-up.tsx'

/** Keeps a language with the account and speaks it; null leaves it to the browser. */
export const useLanguageChoice = () => {
  const [api, queries, toast, speakIn] = [useApi(), useQueryClient(), useToast(), useSpeakIn()]
  const { language } = useMessages()
  return useAction({
    run: async (chosen: string | null) => {
      await api.setLanguage(chosen)
      queries.setQueryData<Me>(keys.me, (known) => known && { ...known, language: chosen })
      await speakIn(chosen)
    },
    done: () => toast(language.saved),
  })
}
