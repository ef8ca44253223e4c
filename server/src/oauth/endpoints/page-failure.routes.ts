import type { FailurePage } from '../../http/failures.ts'
import { errorPage } from '../../pages/error-page.ts'
import type { Assets } from '../../pages/frame.ts'
import { pageHeaders } from './page-reply.ts'

/** Draws what was refused before a page could be drawn: too many requests, an outage, an error of ours. */
export const failurePageWith =
  (assets: Assets): FailurePage =>
  ({ code, description, requestId }) => ({
    body: errorPage({ lang: 'en', assets, code, description, requestId }),
    headers: pageHeaders() as Record<string, string>,
  })
