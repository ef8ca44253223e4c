import { type Html, html } from '../platform/html.ts'
import { decision } from './decision.ts'
import { form } from './form.ts'
import type { Card, Frame, Target } from './frame.ts'
import { layout } from './layout.ts'
import { fill, languageOf, type Messages } from './messages.ts'
import { notice } from './notice.ts'
import { outsideName } from './outside-name.ts'
import { type ScopeInWords, scopeList } from './scope-list.ts'

export type ConsentModel = Frame &
  Target & {
    readonly client: Card
    readonly account: string
    readonly scopes: readonly ScopeInWords[]
    readonly resources: readonly string[]
    readonly isFirstUse: boolean
    /** False where the application registered itself: then its host stands on every page, not on the first alone. */
    readonly isVouchedFor: boolean
  }

const caution = ({ client: { host }, isFirstUse, isVouchedFor }: ConsentModel, messages: Messages): Html | false => {
  if (isFirstUse && host === undefined) return notice('careful', messages.firstUse)
  if (host === undefined || (isVouchedFor && !isFirstUse)) return false
  return notice('careful', fill(isFirstUse ? messages.firstUseAt : messages.registeredItselfAt, { host: outsideName(host) }))
}

const resourceList = (resources: readonly string[], messages: Messages): Html => html`<section class="list">
<h2>${messages.willReach}</h2>
<ul class="resources">
${resources.map((resource) => html`<li><code>${resource}</code></li>\n`)}</ul>
</section>`

/** Asks whether an application may do what it asks for. */
export const consentPage = (model: ConsentModel): string => {
  const { messages } = languageOf(model.lang)
  const { client, account, scopes, resources } = model
  return layout(model, {
    page: 'consent',
    heading: messages.allowAccess,
    client,
    lead: fill(messages.wantsAccess, { client: outsideName(client.name), account: outsideName(account) }),
    body: html`${caution(model, messages)}
${scopeList(scopes, messages)}
${resources.length > 0 && resourceList(resources, messages)}
${form(model, decision(messages))}`,
  })
}
