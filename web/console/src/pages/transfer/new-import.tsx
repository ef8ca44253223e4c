import { Bones, Notice, Panel } from '@custom-identity-platform/kit/panel.tsx'
import { pluralIn } from '@custom-identity-platform/kit/plural.ts'
import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useAdmin, useLanguage, useMessages } from '../../console-context.tsx'
import { Checkbox } from '../../parts/checkbox.tsx'
import { Problem } from '../../parts/failure.tsx'
import { PageHead } from '../../parts/page-head.tsx'
import { PlainTable } from '../../parts/plain-table.tsx'
import { useAction } from '../../parts/use-action.ts'
import { FileField } from './file-field.tsx'
import { chosenFiles, importsKey } from './import-parts.tsx'
import { formatOf, knownColumns, neededColumns, type Survey, survey, UnreadableFile } from './import-rows.ts'

const shownMax = 40
const cellOf = (value: unknown): string => {
  const text = value === undefined || value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value)
  return text.length > shownMax ? `${text.slice(0, shownMax)}…` : text
}
// A hash or password is nobody's business on a screen.
const isSecret = (column: string): boolean => /password|credential/.test(column)

type Previewed = { readonly row: Readonly<Record<string, unknown>>; readonly key: string }

const Columns = ({ found }: { readonly found: Survey }) => {
  const { transfer } = useMessages()
  const plural = pluralIn(useLanguage())
  const missing = neededColumns.filter((name) => !found.columns.includes(name))
  const unknown = found.columns.filter((name) => !knownColumns.includes(name))
  const rows = found.first.map((row, index): Previewed => ({ row, key: String(index) }))
  return (
    <Panel title={transfer.check} intro={plural(found.count, transfer.checkText)}>
      {missing.length === 0 ? null : (
        <Notice kind="bad">
          <p>{transfer.missing(missing.join(', '))}</p>
        </Notice>
      )}
      {unknown.length === 0 ? null : (
        <Notice kind="warn">
          <p>{transfer.unknown(unknown.join(', '))}</p>
        </Notice>
      )}
      <PlainTable<Previewed>
        {...{ label: transfer.check, rows, none: transfer.noRows }}
        rowKey={({ key }) => key}
        columns={found.columns.map((name) => ({
          key: name,
          title: name,
          cell: ({ row }) => (isSecret(name) && row[name] !== undefined && row[name] !== '' ? '••••' : cellOf(row[name])),
        }))}
      />
    </Panel>
  )
}

const Options = ({ file, found }: { readonly file: File; readonly found: Survey }) => {
  const admin = useAdmin()
  const navigate = useNavigate()
  const { transfer } = useMessages()
  const [isDryRun, setDryRun] = useState(true)
  const [hashes, setHashes] = useState(false)
  const { act, isPending, error } = useAction({
    run: async () => {
      const body = { name: file.name.slice(0, 200), rows_expected: found.count, dry_run: isDryRun, hash_passwords: hashes }
      return (await admin.post('/imports', { body, idempotencyKey: crypto.randomUUID() })).body
    },
    refresh: [importsKey],
    done: ({ id }) => {
      chosenFiles.set(id, file)
      return navigate({ to: `/transfer/${id}` })
    },
  })
  return (
    <Panel title={transfer.begin}>
      <div className="stack">
        <Checkbox label={transfer.dryRun} description={transfer.dryRunText} isChecked={isDryRun} onChange={setDryRun} />
        {found.columns.includes('password') ? (
          <Checkbox label={transfer.hash} description={transfer.hashText} isChecked={hashes} onChange={setHashes} />
        ) : null}
        <Problem error={error} />
        <div>
          <Button onClick={() => act()} loading={isPending} disabled={found.count === 0}>
            {transfer.begin}
          </Button>
        </div>
      </div>
    </Panel>
  )
}

const Unreadable = ({ error }: { readonly error: unknown }) => {
  const { unreadable } = useMessages().transfer
  if (!(error instanceof UnreadableFile)) return <Problem error={error} />
  return (
    <Notice kind="bad" isAlert>
      <p>{unreadable[error.message]}</p>
    </Notice>
  )
}

export const Page = () => {
  const { transfer, sections } = useMessages()
  const [file, setFile] = useState<File>()
  const { mutate, data, error, isPending } = useMutation({ mutationFn: (one: File) => survey(one, formatOf(one.name)) })
  const take = (one: File): void => {
    setFile(one)
    mutate(one)
  }
  return (
    <>
      <PageHead title={transfer.add} up={{ to: '/transfer', title: sections.transfer }} />
      <Panel title={transfer.choose} intro={transfer.chooseText}>
        <FileField label={transfer.file} onFile={take} />
      </Panel>
      {isPending ? <Bones label={transfer.reading} count={3} /> : null}
      <Unreadable error={error} />
      {data === undefined || file === undefined || isPending ? null : (
        <>
          <Columns found={data} />
          <Options file={file} found={data} />
        </>
      )}
    </>
  )
}
