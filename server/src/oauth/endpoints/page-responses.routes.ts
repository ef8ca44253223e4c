import { Type } from 'typebox'
import { content, empty } from '../../http/content.ts'

const Html = content('text/html; charset=utf-8')

/** What a page endpoint can answer. */
export const pageResponses = { 200: Html, 302: empty, 303: empty, 400: Html, 403: Html, 422: Html, 429: Html } as const

export const FlowQuery = Type.Object({ flow: Type.String({ description: 'The sealed authorization request.' }) })
