import { errorPage } from '../../pages/error-page.ts'
import { formPostPage } from '../../pages/form-post-page.ts'
import type { Frame } from '../../pages/frame.ts'
import type { PageProblem } from '../authorization-problems.ts'
import type { Step } from './advance.ts'
import { pageReply, redirectReply } from './page-reply.ts'

export type PageContext = { readonly frame: Frame; readonly requestId: string | undefined; readonly cookies?: readonly string[] }

export const problemReply = (problem: PageProblem, { frame, requestId, cookies = [] }: PageContext) => {
  const details = problem.clientId === undefined ? [] : [{ name: 'client_id', value: problem.clientId.slice(0, 200) }]
  const { code, description, hint, reason, clientId } = problem
  return pageReply(400, errorPage({ ...frame, code, description, hint, reason, clientId: clientId?.slice(0, 200), details, requestId }), {
    cookies,
  })
}

export const expiredFlow: PageProblem = {
  code: 'invalid_request',
  description: 'This page has expired, or its address was changed.',
  hint: 'Go back to the application and start again.',
  reason: 'flow-expired',
  clientId: undefined,
}

/** Sends the person on: to the client, or to the page that comes next. */
export const stepReply = (step: Step, status: 302 | 303, context: PageContext) => {
  const { frame, cookies = [] } = context
  if (step.kind === 'problem') return problemReply(step.problem, context)
  if (step.kind === 'page') return redirectReply(status, step.location, cookies)
  if (step.kind === 'go') return redirectReply(status, step.location, cookies)
  const { delivery } = step
  if (delivery.kind === 'redirect') return redirectReply(status, delivery.location, cookies)
  return pageReply(200, formPostPage({ ...frame, action: delivery.action, fields: delivery.fields }), { cookies })
}
