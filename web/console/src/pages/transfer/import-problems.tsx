import { Panel } from '@custom-identity-platform/kit/panel.tsx'
import type { AdminAnswer } from '@custom-identity-platform/sdk'
import { useAdmin, useMessages } from '../../console-context.tsx'
import { type Column, DataTable } from '../../parts/data-table.tsx'
import { Download } from '../../parts/download.tsx'
import { given } from '../../parts/search-state.ts'
import { useList } from '../../parts/use-list.ts'
import { type Import, importsKey } from './import-parts.tsx'

type ImportProblem = AdminAnswer<'get', '/imports/{id}/problems'>['body']['problems'][number]

const pageSize = 200

// A spreadsheet would run a cell that begins so.
const guarded = (text: string): string => (/^'*[=+\-@\t\r]/.test(text) ? `'${text}` : text)
const cell = (text: string): string => `"${guarded(text).replaceAll('"', '""')}"`

const useFile = (id: string) => {
  const admin = useAdmin()
  // Page by page, as the download takes them.
  return (signal: AbortSignal): Promise<Response> => {
    const encoder = new TextEncoder()
    let cursor: string | null | undefined
    const body = new ReadableStream<Uint8Array>({
      start: (stream) => stream.enqueue(encoder.encode('row,username,reason\r\n')),
      pull: async (stream) => {
        const query = { limit: pageSize, ...(typeof cursor === 'string' && { cursor }) }
        const { body: page } = await admin.get('/imports/{id}/problems', { path: { id }, query, signal })
        const lines = page.problems.map(({ row, username, reason }) => `${row},${cell(username ?? '')},${cell(reason)}\r\n`)
        stream.enqueue(encoder.encode(lines.join('')))
        cursor = page.next
        if (cursor === null) stream.close()
      },
    })
    return Promise.resolve(new Response(body, { headers: { 'content-type': 'text/csv; charset=utf-8' } }))
  }
}

const useColumns = (): readonly Column<ImportProblem>[] => {
  const { transfer } = useMessages()
  return [
    { key: 'row', title: transfer.row, cell: ({ row }) => <span className="number">{row}</span> },
    { key: 'user', title: transfer.user, cell: ({ username }) => <span className="break">{username}</span> },
    { key: 'reason', title: transfer.reason, cell: ({ reason }) => <span className="break">{reason}</span> },
  ]
}

/** Rows that were refused, with the reason. */
export const ImportProblems = ({ of }: { readonly of: Import }) => {
  const admin = useAdmin()
  const { transfer } = useMessages()
  const { id } = of
  const columns = useColumns()
  const file = useFile(id)
  const list = useList({
    key: [...importsKey, 'problems', id],
    read: async ({ cursor, signal }) => {
      const { body } = await admin.get('/imports/{id}/problems', { path: { id }, query: given({ cursor }), signal })
      return { rows: body.problems, next: body.next }
    },
  })
  return (
    <Panel title={transfer.problems}>
      {list.rows.length === 0 ? null : <Download label={transfer.download} name="refused-rows.csv" start={file} />}
      <DataTable
        {...{ label: transfer.problems, list, columns }}
        rowKey={({ row }) => String(row)}
        rowName={({ row }) => String(row)}
        empty={{ icon: 'check', title: transfer.noProblems, text: '' }}
      />
    </Panel>
  )
}
