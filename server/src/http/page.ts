import { Type } from 'typebox'
import { type CursorScope, printCursor, readCursor } from './cursor.ts'

const limitMax = 200
const limitUsual = 50

/** The members of the query that every list takes. */
export const pageQuery = {
  cursor: Type.Optional(Type.String({ maxLength: 2048, description: 'What the page before gave as next.' })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: limitMax, default: limitUsual })),
}

/** The member of an answer that leads on; null on the last page. */
export const nextMember = {
  next: Type.Union([Type.String(), Type.Null()], { description: 'The cursor of the next page; null on the last.' }),
}

type PagePlace = readonly (string | number)[]
/** `stopped`: reading ended there before the page was full, and there may be more behind it. */
type Read<Row> = { readonly rows: readonly Row[]; readonly stopped?: PagePlace | undefined }
type Asked = { readonly cursor?: string; readonly limit?: number }
type Lister<Row> = {
  readonly key: Uint8Array
  readonly scope: CursorScope
  /** Reads rows behind a place; the first ones where it is undefined. */
  readonly read: (after: PagePlace | undefined, limit: number) => Promise<readonly Row[] | Read<Row>>
  readonly placeOf: (row: Row) => PagePlace
}

/** One page by keyset: one row more than shown is read, and tells whether there are others. */
export const readPage = async <Row>({ cursor, limit = limitUsual }: Asked, { key, scope, read, placeOf }: Lister<Row>) => {
  const after = cursor === undefined ? undefined : readCursor(key, scope, cursor)
  const answer = await read(after, limit + 1)
  const { rows: found, stopped }: Read<Row> = 'rows' in answer ? answer : { rows: answer }
  const rows = found.slice(0, limit)
  const last = found.length > limit ? rows.at(-1) : undefined
  const end = last === undefined ? stopped : placeOf(last)
  return { rows, next: end === undefined ? null : printCursor(key, scope, end) }
}
