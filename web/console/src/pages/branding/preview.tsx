import { Notice, Panel } from '@custom-identity-platform/kit/panel.tsx'
import { ApiError } from '@custom-identity-platform/sdk'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useAdmin, useConsole, useMay, useMessages } from '../../console-context.tsx'
import { Choice } from '../../parts/choice.tsx'
import { Problem } from '../../parts/failure.tsx'
import { useFrameLook } from '../../parts/frame-look.tsx'
import { useCalm } from '../../parts/use-calm.ts'
import type { Look } from './look.ts'

/** What the server says of the look, and the draft that it sealed. The former stays until there is another. */
const useDraft = (look: Look) => {
  const admin = useAdmin()
  const may = useMay()
  const calm = useCalm(look)
  return useQuery({
    queryKey: ['settings', 'branding', 'preview', calm],
    enabled: may('settings:write'),
    placeholderData: keepPreviousData,
    retry: false,
    queryFn: async ({ signal }) => (await admin.post('/settings/branding/preview', { body: calm, signal })).body.draft,
  })
}

const Problems = ({ error }: { readonly error: unknown }) => {
  const { preview } = useMessages().branding
  if (!(error instanceof ApiError) || error.kind !== 'invalid') return <Problem error={error} />
  return (
    <Notice kind="warn" isAlert>
      <p>
        <strong>{preview.problems}.</strong> {error.message}
      </p>
    </Notice>
  )
}

/** The hosted pages as they would look, with sample data, from the server itself. */
export const Preview = ({ look }: { readonly look: Look }) => {
  const { preview } = useMessages().branding
  const { base } = useConsole().console
  const { data: draft, error } = useDraft(look)
  const [page, setPage] = useState<keyof typeof preview.pages>('sign-in')
  const { frame, choices } = useFrameLook()
  const query = new URLSearchParams({ page, ...(draft === undefined ? {} : { draft }) })
  return (
    <Panel title={preview.title} intro={preview.intro}>
      <div className="filters">
        <Choice {...{ label: preview.page, value: page, words: preview.pages, onChange: setPage }} />
        {choices}
      </div>
      <Problems error={error} />
      <div className="preview">
        <iframe {...frame} title={preview.frame} height={640} src={`${base.replace(/\/console$/, '')}/interaction/preview?${query}`} />
      </div>
    </Panel>
  )
}
