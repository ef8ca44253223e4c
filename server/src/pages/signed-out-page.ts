import { type Html, html } from '../platform/html.ts'
import { applicationUrl } from './application-url.ts'
import type { Card, Frame } from './frame.ts'
import { layout } from './layout.ts'
import { fill, languageOf, type Messages } from './messages.ts'
import { verdict } from './verdict.ts'
import { webUrl } from './web-url.ts'

export type SignedOutModel = Frame & {
  readonly client?: Card | undefined
  readonly continueUrl?: string | undefined
  /** Logout addresses of applications (OpenID Connect Front-Channel Logout section 3). */
  readonly frames: readonly string[]
  readonly isSignedOut: boolean
}

const withFramesSeconds = 4
const withoutFramesSeconds = 1

// The application's page may run and read its own cookies; it may not leave its frame, open windows or move this page.
const frame = (url: string): Html =>
  html`<iframe src="${url}" sandbox="allow-scripts allow-same-origin" referrerpolicy="no-referrer" tabindex="-1" aria-hidden="true" hidden></iframe>\n`

// Without script the address is followed after a while; the script follows it as soon as every frame has loaded.
const onward = ({ assets }: Frame, url: string, hasFrames: boolean): Html =>
  html`<meta http-equiv="refresh" content="${hasFrames ? withFramesSeconds : withoutFramesSeconds}; url=${url}">
${hasFrames && html`<script src="${assets.logoutFrames}" defer></script>\n`}`

const continueLink = ({ client }: SignedOutModel, url: string, messages: Messages): Html =>
  html`<a class="button primary" id="continue" href="${url}" rel="noopener noreferrer">${
    client === undefined ? messages.continue : html`<span>${fill(messages.backTo, { client: html`<bdi>${client.name}</bdi>` })}</span>`
  }</a>`

/** Says that the session has ended, tells the applications, and leads back. */
export const signedOutPage = (model: SignedOutModel): string => {
  const { messages } = languageOf(model.lang)
  const { isSignedOut } = model
  const frames = model.frames.filter((url) => webUrl(url) !== undefined)
  const url = applicationUrl(model.continueUrl)
  const ended = frames.length > 0 && url !== undefined ? messages.signingOutLead : messages.signedOutLead
  return layout(model, {
    page: 'signed-out',
    heading: isSignedOut ? messages.signedOut : messages.stillSignedIn,
    client: model.client,
    mark: verdict(isSignedOut ? 'good' : 'plain'),
    lead: isSignedOut ? ended : messages.stillSignedInLead,
    head: url !== undefined && onward(model, url, frames.length > 0),
    body: html`${url !== undefined && html`<div class="actions">${continueLink(model, url, messages)}</div>`}
${frames.map(frame)}`,
  })
}
