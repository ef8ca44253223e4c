import { Notice, Panel } from '@custom-identity-platform/kit/panel.tsx'
import { ApiError } from '@custom-identity-platform/sdk'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useAdmin, useConsole, useMay, useMessages } from '../../console-context.tsx'
import { Choice } from '../../parts/choice.tsx'
import { Problem } from '../../parts/failure.tsx'
import type { Look } from './look.ts'

const waitMs = 400

/** The look once nobody has typed for a moment. */
const useCalm = (look: Look): Look => {
  const text = JSON.stringify(look)
  const [calm, setCalm] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setCalm(text), waitMs)
    return () => clearTimeout(timer)
  }, [text])
  return JSON.parse(calm) as Look
}

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
  const [scheme, setScheme] = useState<keyof typeof preview.schemes>('light')
  const [width, setWidth] = useState<keyof typeof preview.widths>('100%')
  const query = new URLSearchParams({ page, ...(draft === undefined ? {} : { draft }) })
  return (
    <Panel title={preview.title} intro={preview.intro}>
      <div className="filters">
        <Choice {...{ label: preview.page, value: page, words: preview.pages, onChange: setPage }} />
        <Choice {...{ label: preview.scheme, value: scheme, words: preview.schemes, onChange: setScheme }} />
        <Choice {...{ label: preview.width, value: width, words: preview.widths, onChange: setWidth }} />
      </div>
      <Problems error={error} />
      <div className="preview">
        <iframe
          title={preview.frame}
          width={width}
          height={640}
          style={{ colorScheme: scheme }}
          src={`${base.replace(/\/console$/, '')}/interaction/preview?${query}`}
        />
      </div>
    </Panel>
  )
}
