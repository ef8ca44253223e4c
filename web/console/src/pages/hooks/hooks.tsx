import { Panel, Rows } from '@custom-identity-platform/kit/panel.tsx'
import type { AdminAnswer } from '@custom-identity-platform/sdk'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useAdmin, useMay, useMessages } from '../../console-context.tsx'
import { FormPanel } from '../../parts/form-panel.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { PageHead } from '../../parts/page-head.tsx'
import { useForm } from '../../parts/use-form.ts'
import { HookChecks } from './hook-checks.tsx'
import { bodyOf, draftOf, points } from './hook-draft.ts'
import { HookFields } from './hook-fields.tsx'

type Read = { readonly stored: AdminAnswer<'get', '/settings/hooks'>['body']; readonly etag: string | undefined }

const useRead = () => {
  const admin = useAdmin()
  return async (signal?: AbortSignal): Promise<Read> => {
    const { body, etag } = await admin.get('/settings/hooks', { ...(signal && { signal }) })
    return { stored: body, etag }
  }
}

const useHooksForm = ({ stored, etag }: Read) => {
  const admin = useAdmin()
  const queries = useQueryClient()
  const read = useRead()
  return useForm({
    stored: { draft: draftOf(stored), etag },
    save: (draft, { ifMatch }) => admin.put('/settings/hooks', { body: bodyOf(draft), ...(ifMatch !== undefined && { ifMatch }) }),
    reload: async () => {
      const now = await read()
      return { draft: draftOf(now.stored), etag: now.etag }
    },
    done: () => queries.invalidateQueries({ queryKey: ['hooks'] }),
  })
}

const Shown = (read: Read) => {
  const { hooks } = useMessages()
  const may = useMay()
  const form = useHooksForm(read)
  const { draft, set, errors } = form
  const { stored } = read
  const asked = points.flatMap((point) => (stored[point] === undefined ? [] : [{ point, url: stored[point].url }]))
  const names = Object.fromEntries(points.map((point) => [point, hooks.points[point].title]))
  const fields = points.map((point) => (
    <HookFields
      key={point}
      {...{ point, draft: draft[point], errors, isStored: stored[point] !== undefined, isLocked: !may('settings:write') }}
      onChange={(members) => set({ [point]: { ...draft[point], ...members } })}
    />
  ))
  return (
    <>
      <FormPanel title={hooks.title} form={form} submit={hooks.save} names={names}>
        {fields}
      </FormPanel>
      {asked.length > 0 && may('settings:write') ? (
        <Panel title={hooks.checks} intro={hooks.checksText}>
          <Rows label={hooks.checks}>
            {asked.map((one) => (
              <HookChecks key={one.point} {...one} />
            ))}
          </Rows>
        </Panel>
      ) : null}
    </>
  )
}

export const Page = () => {
  const { sections, hooks } = useMessages()
  const read = useRead()
  const query = useQuery({ queryKey: ['hooks'], queryFn: ({ signal }) => read(signal) })
  return (
    <>
      <PageHead title={hooks.title} text={hooks.intro} up={{ to: '/webhooks', title: sections.webhooks }} />
      <Loaded query={query}>{(found) => <Shown {...found} />}</Loaded>
    </>
  )
}
