import { Notice, Panel, Pill } from '@custom-identity-platform/kit/panel.tsx'
import { pluralIn } from '@custom-identity-platform/kit/plural.ts'
import type { AdminAnswer } from '@custom-identity-platform/sdk'
import { useQuery } from '@tanstack/react-query'
import { useAdmin, useLanguage, useMessages } from '../../console-context.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { PageHead } from '../../parts/page-head.tsx'
import { type PlainColumn, PlainTable } from '../../parts/plain-table.tsx'
import { StatusPill } from '../../parts/status-pill.tsx'
import { TimeAgo } from '../../parts/time-ago.tsx'

type Jobs = AdminAnswer<'get', '/jobs'>['body']
type Task = Jobs['tasks'][number]
type Outbox = Jobs['outboxes'][number]

const refreshEveryMs = 5000

const useTaskColumns = (): readonly PlainColumn<Task>[] => {
  const { jobs } = useMessages()
  return [
    {
      key: 'task',
      title: jobs.task,
      cell: ({ task, error }) => (
        <>
          {task}
          {error === null ? null : <div className="quiet break">{error}</div>}
        </>
      ),
    },
    {
      key: 'outcome',
      title: jobs.outcome,
      cell: ({ outcome }) => (
        <StatusPill
          status={outcome as keyof typeof jobs.outcomes}
          words={jobs.outcomes}
          kinds={{ never: 'plain', done: 'good', failed: 'bad' }}
        />
      ),
    },
    { key: 'last', title: jobs.last, isExtra: true, cell: ({ last_run_at: at }) => <TimeAgo at={at} /> },
    { key: 'next', title: jobs.next, isExtra: true, cell: ({ next_run_at: at }) => <TimeAgo at={at} /> },
  ]
}

const useOutboxColumns = (): readonly PlainColumn<Outbox>[] => {
  const { jobs } = useMessages()
  const number = new Intl.NumberFormat(useLanguage())
  return [
    { key: 'name', title: jobs.outbox, cell: ({ name }) => name },
    { key: 'waiting', title: jobs.waiting, cell: ({ waiting }) => <span className="number">{number.format(waiting)}</span> },
    {
      key: 'late',
      title: jobs.late,
      cell: ({ late }) => (late > 0 ? <Pill kind="warn">{number.format(late)}</Pill> : <Pill kind="good">{jobs.flowing}</Pill>),
    },
  ]
}

const Shown = ({ tasks, outboxes }: Jobs) => {
  const { jobs } = useMessages()
  const plural = pluralIn(useLanguage())
  const failed = tasks.filter(({ outcome }) => outcome === 'failed').length
  return (
    <>
      {failed === 0 ? null : (
        <Notice kind="bad">
          <p>
            <strong>{plural(failed, jobs.failures)}.</strong> {jobs.failuresText}
          </p>
        </Notice>
      )}
      <Panel title={jobs.outboxes}>
        <PlainTable
          {...{ label: jobs.outboxes, rows: outboxes, columns: useOutboxColumns(), none: jobs.none }}
          rowKey={({ name }) => name}
        />
      </Panel>
      <Panel title={jobs.tasks}>
        <PlainTable {...{ label: jobs.tasks, rows: tasks, columns: useTaskColumns(), none: jobs.none }} rowKey={({ task }) => task} />
      </Panel>
    </>
  )
}

export const Page = () => {
  const { sections, jobs } = useMessages()
  const admin = useAdmin()
  const query = useQuery({
    queryKey: ['jobs'],
    refetchInterval: refreshEveryMs,
    queryFn: async ({ signal }) => (await admin.get('/jobs', { signal })).body,
  })
  return (
    <>
      <PageHead title={sections.jobs} text={jobs.intro} />
      <Loaded query={query}>{(all) => <Shown {...all} />}</Loaded>
    </>
  )
}
