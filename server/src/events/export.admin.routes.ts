import { Readable } from 'node:stream'
import { stringify } from 'csv-stringify/sync'
import { Type } from 'typebox'
import { streamed } from '../http/content.ts'
import { type AnyRoute, permission, route } from '../http/route.ts'
import { defuse } from '../platform/formula.ts'
import { eventView } from './event-view.ts'
import { afterOf, type EventRoutesDeps, eventFilters, placeOfEvent, searchOf } from './events.admin.routes.ts'
import type { EventRow } from './events.ts'

export type EventExportDeps = Pick<EventRoutesDeps, 'limit' | 'search'> & { readonly record: (event: EventRow) => Promise<void> }

const pageSize = 500
const formats = ['jsonl', 'csv'] as const
type Format = (typeof formats)[number]

const ExportQuery = Type.Object(
  { format: Type.Unsafe<Format>({ type: 'string', enum: formats }), ...eventFilters },
  { additionalProperties: false },
)

type View = ReturnType<typeof eventView>

const columns = [
  ...[
    'id',
    'at',
    'type',
    'sentence',
    'user_id',
    'session_id',
    'client_id',
    'actor',
    'ip',
    'user_agent',
    'personal_data',
    'request_id',
    'payload',
  ],
] as (keyof View)[]

const cellOf = (value: View[keyof View]): string =>
  value === null ? '' : defuse(typeof value === 'object' ? JSON.stringify(value) : String(value))

const printers: Readonly<Record<Format, { readonly head: string; readonly print: (events: readonly View[]) => string }>> = {
  jsonl: { head: '', print: (events) => events.map((event) => `${JSON.stringify(event)}\n`).join('') },
  csv: { head: stringify([columns]), print: (events) => stringify(events.map((event) => columns.map((name) => cellOf(event[name])))) },
}

type Wanted = { readonly format: Format; readonly search: ReturnType<typeof searchOf> }

// One page at a time, and the next only when the reader has taken the one before: memory does not grow with the export.
async function* pages({ search: read }: EventExportDeps, { format, search }: Wanted): AsyncGenerator<string> {
  const { head, print } = printers[format]
  if (head !== '') yield head
  let after: ReturnType<typeof afterOf>
  for (;;) {
    const found = await read({ ...search, after, limit: pageSize, order: 'newest' })
    if (found.length > 0) yield print(found.map(eventView))
    const last = found.at(-1)
    if (last === undefined || found.length < pageSize) return
    after = afterOf(placeOfEvent(last))
  }
}

/** All events that fit, as a file. */
export const eventExportRoute = (deps: EventExportDeps): AnyRoute =>
  route({
    tag: 'events',
    cors: 'never',
    failure: 'problem',
    isCredential: true,
    method: 'GET',
    path: '/admin/v1/events/export',
    summary: 'All audit events that fit, the newest first, as JSON Lines or CSV',
    description: 'In CSV a quote stands before what a spreadsheet would run as a formula. What happens after the call is not in it.',
    auth: permission('events:read'),
    limit: { by: 'actor', max: Math.min(deps.limit, 10), seconds: 60 },
    audit: { event: 'events.exported' },
    request: { query: ExportQuery },
    responses: { 200: streamed() },
    handle: async ({ query: { format, ...filters }, events }) => {
      // Without it an export of a busy tenant would chase its own end.
      const until = filters.until ?? new Date().toISOString()
      const search = searchOf({ ...filters, until })
      await deps.record(events.make({ type: 'events.exported', payload: { format } }))
      const headers = {
        'content-type': format === 'csv' ? 'text/csv; charset=utf-8; header=present' : 'application/jsonl; charset=utf-8',
        'content-disposition': `attachment; filename="events.${format}"`,
      }
      return { status: 200, body: Readable.from(pages(deps, { format, search }), { highWaterMark: 1 }), headers }
    },
  })
