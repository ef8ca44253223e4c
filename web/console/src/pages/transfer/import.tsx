import { Notice, Panel } from '@custom-identity-platform/kit/panel.tsx'
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { useAdmin, useLanguage, useMessages } from '../../console-context.tsx'
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx'
import { DefinitionList } from '../../parts/definition-list.tsx'
import { Problem } from '../../parts/failure.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { PageHead } from '../../parts/page-head.tsx'
import { TimeAgo } from '../../parts/time-ago.tsx'
import { useAction } from '../../parts/use-action.ts'
import { FileField } from './file-field.tsx'
import { chosenFiles, type Import, ImportState, importsKey } from './import-parts.tsx'
import { ImportProblems } from './import-problems.tsx'
import { formatOf, survey } from './import-rows.ts'
import { type Run, useRun } from './use-run.ts'

type Counts = Run['progress']

const useNumbers = () => {
  const language = useLanguage()
  const number = new Intl.NumberFormat(language)
  const duration = (seconds: number): string => {
    const isLong = seconds >= 90
    const format = new Intl.NumberFormat(language, { style: 'unit', unit: isLong ? 'minute' : 'second', unitDisplay: 'long' })
    return format.format(Math.max(1, Math.round(isLong ? seconds / 60 : seconds)))
  }
  return { count: (one: number) => number.format(one), duration }
}

const Speed = ({
  begun,
  progress,
  total,
}: {
  readonly begun: NonNullable<Run['begun']>
  readonly progress: Counts
  readonly total: number
}) => {
  const { run } = useMessages().transfer
  const { count, duration } = useNumbers()
  const seconds = (Date.now() - begun.at) / 1000
  const rate = (progress.rows - begun.rows) / Math.max(seconds, 0.1)
  if (seconds < 1 || rate === 0) return null
  const left = Math.max(0, total - progress.rows) / rate
  return (
    <p className="quiet number">
      {run.rate(count(Math.round(rate)))}, {run.left(duration(left))}
    </p>
  )
}

const Facts = ({ of, progress }: { readonly of: Import; readonly progress: Counts }) => {
  const { transfer } = useMessages()
  const { count } = useNumbers()
  const facts: readonly (readonly [string, number])[] = [
    [of.dry_run ? transfer.wouldBe : transfer.created, progress.created],
    [transfer.present, progress.present],
    [transfer.errors, progress.errors],
  ]
  return <DefinitionList entries={facts.map(([term, value]) => ({ term, value: <span className="number">{count(value)}</span> }))} />
}

/** Asks for the file again, and refuses another one. */
const Again = ({ of, onFile }: { readonly of: Import; readonly onFile: (file: File) => void }) => {
  const { run, file: label } = useMessages().transfer
  const [isOther, setOther] = useState(false)
  const take = async (file: File): Promise<void> => {
    const isSame =
      file.name.slice(0, 200) === of.name && (await survey(file, formatOf(file.name)).catch(() => undefined))?.count === of.rows_expected
    setOther(!isSame)
    if (isSame) onFile(file)
  }
  return (
    <div className="stack-tight">
      <p>{run.again}</p>
      <FileField label={`${label}: ${of.name}`} onFile={(file) => void take(file)} />
      {isOther ? (
        <Notice kind="bad" isAlert>
          <p>{run.other(of.name)}</p>
        </Notice>
      ) : null}
    </div>
  )
}

const Progress = ({ of }: { readonly of: Import }) => {
  const { run: words } = useMessages().transfer
  const { count } = useNumbers()
  const [file, setFile] = useState(chosenFiles.get(of.id))
  const run = useRun(of, file !== undefined && of.state === 'open')
  const isStarted = useRef(false)
  const total = of.rows_expected ?? of.rows
  useEffect(() => {
    if (file === undefined || of.state !== 'open' || isStarted.current) return
    isStarted.current = true
    void run.run(file)
  }, [file, of.state, run])
  const { progress, begun, error } = run
  const isOpen = of.state === 'open'
  return (
    <Panel title={words.title}>
      <div className="stack">
        <progress className="bar" value={progress.rows} max={Math.max(1, total)} aria-label={words.title} />
        <p className="number" role="status">
          {words.done(count(progress.rows), count(total))}
        </p>
        {begun === undefined ? null : <Speed {...{ begun, progress, total }} />}
        <Facts {...{ of, progress }} />
        <Problem error={error} />
        {isOpen && file === undefined ? (
          <Again
            of={of}
            onFile={(one) => {
              chosenFiles.set(of.id, one)
              setFile(one)
            }}
          />
        ) : null}
        {isOpen && file !== undefined ? (
          <div>
            <Button variant="default" onClick={() => (begun === undefined ? void run.run(file) : run.pause())}>
              {begun === undefined ? words.resume : words.pause}
            </Button>
          </div>
        ) : null}
      </div>
    </Panel>
  )
}

const Cancel = ({ of }: { readonly of: Import }) => {
  const admin = useAdmin()
  const { run } = useMessages().transfer
  const [isAsked, setAsked] = useState(false)
  const { act, isPending, error } = useAction({
    run: () => admin.post('/imports/{id}/cancel', { path: { id: of.id } }),
    said: run.cancelled,
    refresh: [importsKey],
    done: () => {
      chosenFiles.delete(of.id)
      setAsked(false)
    },
  })
  return (
    <>
      <Button variant="default" onClick={() => setAsked(true)}>
        {run.cancel}
      </Button>
      {isAsked ? (
        <ConfirmDialog
          {...{ title: run.cancel, yes: run.cancel, isBusy: isPending, error }}
          onYes={() => act()}
          onClose={() => setAsked(false)}
        >
          <p>{run.cancelText}</p>
        </ConfirmDialog>
      ) : null}
    </>
  )
}

const Details = ({ of }: { readonly of: Import }) => {
  const { transfer, sections } = useMessages()
  return (
    <>
      <PageHead
        title={of.name || of.id}
        up={{ to: '/transfer', title: sections.transfer }}
        pill={<ImportState state={of.state} />}
        text={
          <>
            {of.dry_run ? `${transfer.trial} · ` : null}
            {transfer.begun} <TimeAgo at={of.created_at} />
          </>
        }
        actions={of.state === 'open' ? <Cancel of={of} /> : undefined}
      />
      {of.state === 'finished' && of.dry_run ? (
        <Notice>
          <p>
            <strong>{transfer.run.reallyTitle}.</strong> <Link to="/transfer/new">{transfer.run.really}</Link>
          </p>
        </Notice>
      ) : null}
      <Progress of={of} />
      <ImportProblems of={of} />
    </>
  )
}

export const Page = () => {
  const { id = '' } = useParams({ strict: false }) as { readonly id?: string }
  const admin = useAdmin()
  const query = useQuery({
    queryKey: [...importsKey, 'one', id],
    queryFn: async ({ signal }) => (await admin.get('/imports/{id}', { path: { id }, signal })).body,
  })
  return <Loaded query={query}>{(of) => <Details key={of.id} of={of} />}</Loaded>
}
