import { Panel } from '@custom-identity-platform/kit/panel.tsx'
import type { AdminAnswer } from '@custom-identity-platform/sdk'
import { Textarea, TextInput } from '@mantine/core'
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useAdmin, useLanguage, useMay, useMessages } from '../../console-context.tsx'
import { AskButton } from '../../parts/ask-button.tsx'
import { Choice } from '../../parts/choice.tsx'
import { Problem } from '../../parts/failure.tsx'
import { FormPanel } from '../../parts/form-panel.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { PageHead } from '../../parts/page-head.tsx'
import { given } from '../../parts/search-state.ts'
import { useCalm } from '../../parts/use-calm.ts'
import { type Form, type Stored, useForm } from '../../parts/use-form.ts'
import { Letter } from './letter.tsx'

type Template = AdminAnswer<'get', '/mail/templates/{template}/{language}'>['body']
type Draft = { readonly subject: string; readonly text: string; readonly html: string }
type Path = { readonly template: string; readonly language: string }
type Read = { readonly template: Template; readonly etag: string | undefined }

const draftOf = ({ parts }: Template): Draft => ({ subject: parts.subject ?? '', text: parts.text ?? '', html: parts.html ?? '' })

type Printed = AdminAnswer<'post', '/mail/templates/{template}/{language}/preview'>['body']

const Forms = ({ language, printed: { subject, text, html, letter } }: { readonly language: string; readonly printed: Printed }) => {
  const { templates } = useMessages().mail
  return (
    <div className="stack">
      <h3 lang={language} dir="auto">
        {subject}
      </h3>
      {letter === null ? null : <Letter letter={letter} />}
      <details>
        <summary>{templates.source}</summary>
        <p className="json" dir="ltr">
          {html}
        </p>
      </details>
      <h3>{templates.text}</h3>
      <p className="json" lang={language} dir="auto">
        {text}
      </p>
    </div>
  )
}

const Preview = ({ path, draft }: { readonly path: Path; readonly draft: Draft }) => {
  const admin = useAdmin()
  const { templates } = useMessages().mail
  const calm = useCalm(draft)
  const { data, error } = useQuery({
    queryKey: ['mail', 'preview', path, calm],
    placeholderData: keepPreviousData,
    // What is sealed of it can be shown for ten minutes alone.
    ...{ retry: false, gcTime: 0, refetchOnWindowFocus: false },
    queryFn: async ({ signal }) =>
      (await admin.post('/mail/templates/{template}/{language}/preview', { path, body: { ...given(calm), only_these: true }, signal }))
        .body,
  })
  return (
    <Panel title={templates.preview} intro={templates.previewIntro}>
      <Problem error={error} />
      {data === undefined ? null : <Forms language={path.language} printed={data} />}
    </Panel>
  )
}

const Fields = ({ form: { draft, errors, set }, words }: { readonly form: Form<Draft>; readonly words: readonly string[] }) => {
  const { templates } = useMessages().mail
  return (
    <>
      <p>
        {templates.words}: <code>{words.map((word) => `{${word}}`).join(' ')}</code>
      </p>
      <p className="quiet">{templates.wordsHint}</p>
      <TextInput
        {...{ label: templates.subject, description: templates.partHint, value: draft.subject, error: errors['subject'] }}
        maxLength={200}
        onChange={(event) => set({ subject: event.currentTarget.value })}
      />
      {(['text', 'html'] as const).map((part) => (
        <Textarea
          key={part}
          {...{ label: templates[part], description: templates.partHint, value: draft[part], error: errors[part] }}
          className="json-text"
          autosize
          minRows={5}
          maxRows={20}
          onChange={(event) => set({ [part]: event.currentTarget.value })}
        />
      ))}
    </>
  )
}

const Editor = ({ path, read, again }: { readonly path: Path; readonly read: Read; readonly again: () => Promise<Read> }) => {
  const admin = useAdmin()
  const may = useMay()
  const queries = useQueryClient()
  const { templates } = useMessages().mail
  const stored = ({ template, etag }: Read): Stored<Draft> => ({ draft: draftOf(template), etag })
  const form = useForm<Draft, unknown>({
    stored: stored(read),
    save: (draft, { ifMatch }) => admin.put('/mail/templates/{template}/{language}', { path, body: given(draft), ifMatch }),
    reload: async () => stored(await again()),
    done: () => queries.invalidateQueries({ queryKey: ['mail'] }),
  })
  const names = { subject: templates.subject, text: templates.text, html: templates.html }
  return (
    <div className="two two-preview">
      <div className="stack">
        <FormPanel title={path.template} intro={templates.needsTwo} form={form} names={names}>
          <fieldset className="form-group" disabled={!may('mail:write')}>
            <Fields form={form} words={read.template.words} />
          </fieldset>
        </FormPanel>
        {may('mail:write') && Object.keys(read.template.parts).length > 0 ? (
          <div>
            <AskButton
              {...{ label: templates.reset, said: templates.resetDone, refresh: [['mail']] }}
              isDangerous
              run={() => admin.delete('/mail/templates/{template}/{language}', { path, ifMatch: read.etag })}
            >
              <p>{templates.resetText}</p>
            </AskButton>
          </div>
        ) : null}
      </div>
      <Preview path={path} draft={form.draft} />
    </div>
  )
}

const Languages = ({ path: { template, language } }: { readonly path: Path }) => {
  const admin = useAdmin()
  const navigate = useNavigate()
  const names = new Intl.DisplayNames([useLanguage()], { type: 'language' })
  const { templates } = useMessages().mail
  const { data = [language] } = useQuery({
    queryKey: ['mail', 'languages'],
    queryFn: async ({ signal }) => (await admin.get('/mail/templates', { signal })).body.languages,
  })
  return (
    <Choice
      {...{ label: templates.language, value: language }}
      words={Object.fromEntries(data.map((one) => [one, names.of(one) ?? one]))}
      onChange={(wanted) => void navigate({ to: `/mail/${template}/${wanted}` })}
    />
  )
}

/** One text in one language: what was written anew of it, and how it comes out. */
export const Page = () => {
  const path = useParams({ strict: false }) as Path
  const admin = useAdmin()
  const { sections } = useMessages()
  const load = async (signal?: AbortSignal): Promise<Read> => {
    const { body, etag } = await admin.get('/mail/templates/{template}/{language}', { path, ...(signal === undefined ? {} : { signal }) })
    return { template: body, etag }
  }
  const query = useQuery({ queryKey: ['mail', 'template', path.template, path.language], queryFn: ({ signal }) => load(signal) })
  return (
    <>
      <PageHead title={path.template} up={{ to: '/mail', title: sections.mail }} />
      <div className="filters">
        <Languages path={path} />
      </div>
      <Loaded query={query}>
        {(read) => <Editor key={`${path.template} ${path.language}`} {...{ path, read }} again={() => load()} />}
      </Loaded>
    </>
  )
}
