import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useAdmin } from '../console-context.tsx'
import type { Stored } from './use-form.ts'
import { useForm } from './use-form.ts'

export type SettingName = 'sign-in' | 'branding' | 'attributes' | 'claims' | 'registration' | 'approval'

export const settingKey = (name: SettingName): readonly string[] => ['settings', name]

// All settings have the same routes; one of them stands for the types of all.
const pathOf = (name: SettingName) => `/settings/${name}` as '/settings/registration'

/** A setting whole, with the tag that a change is made on. */
export const useSetting = <T extends object>(name: SettingName) => {
  const admin = useAdmin()
  const read = async (signal?: AbortSignal): Promise<Stored<T>> => {
    const { body, etag } = await admin.get(pathOf(name), signal === undefined ? {} : { signal })
    return { draft: body as T, etag }
  }
  const query = useQuery({ queryKey: [...settingKey(name), 'value'], queryFn: ({ signal }) => read(signal) })
  return { query, read: () => read() }
}

/** A form over a whole setting. */
export const useSettingForm = <T extends object>(
  name: SettingName,
  { stored, read, bodyOf = (draft) => draft }: { stored: Stored<T>; read: () => Promise<Stored<T>>; bodyOf?: (draft: T) => object },
) => {
  const admin = useAdmin()
  const queries = useQueryClient()
  return useForm<T, { readonly status: number }>({
    stored,
    save: (draft, { ifMatch }) => admin.put(pathOf(name), { body: bodyOf(draft), ifMatch }),
    reload: read,
    done: () => Promise.all([settingKey(name), ['changes']].map((queryKey) => queries.invalidateQueries({ queryKey }))),
  })
}

/** What is needed to look back on a setting and to set a former version again. */
export const settingCalls = (admin: ReturnType<typeof useAdmin>, name: SettingName) => ({
  history: (query: { readonly cursor?: string }, signal: AbortSignal) =>
    admin.get(`/settings/${name}/history` as '/settings/registration/history', { query, signal }),
  revert: async (version: number) => {
    const { etag } = await admin.get(pathOf(name))
    return admin.post(`/settings/${name}/revert/{version}` as '/settings/registration/revert/{version}', {
      path: { version: String(version) },
      ifMatch: etag,
    })
  },
})
