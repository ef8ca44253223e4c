import { makeNoticeLink } from '../credentials/email-code/email-code.ts'
import { makeMessage, type TemplateName } from '../mail/mail.ts'
import { newId } from '../platform/ids.ts'
import { readIdentifier } from '../users/users.ts'
import type { Notice } from './new-session.ts'

export type NoticeDeps = { readonly messageKey: Uint8Array; readonly issuer: string; readonly now: () => number }

/** Where from something was done. */
export type Whence = { readonly ip: string; readonly userAgent?: string | undefined }

type Noticed = Extract<TemplateName, 'new-device' | 'password-changed' | 'factor-changed'>

const noticeSeconds = 86_400

/** What browser and system a person would recognise, never the whole header; undefined where the header names neither. */
export const knownDevice = (userAgent: string | null): string | undefined => {
  const header = userAgent ?? ''
  const browser = /(Firefox|Edg|OPR|Chrome|Safari)\//.exec(header)?.[1]
  const system = /(Windows|Android|iPhone|iPad|Mac OS X|CrOS|Linux)/.exec(header)?.[1]
  const names: Readonly<Record<string, string>> = { Edg: 'Edge', OPR: 'Opera', 'Mac OS X': 'macOS', CrOS: 'ChromeOS' }
  return [browser, system].flatMap((one) => (one === undefined ? [] : (names[one] ?? one))).join(', ') || undefined
}

/** The same for a message, where a question mark stands for what is not known. */
export const deviceOf = (userAgent = ''): string => knownDevice(userAgent) ?? '?'

/** A notice to the person about something that was done with the account, with the link that says that it was somebody else. */
export const createNotices =
  ({ messageKey, issuer, now }: NoticeDeps) =>
  (
    tenantId: string,
    { ip, userAgent }: Whence,
    told: { readonly userId: string; readonly template: Noticed; readonly what?: string },
  ): Notice => {
    const { userId, template, what = '' } = told
    const { text, row } = makeNoticeLink(tenantId, { id: newId(), purpose: 'freeze', userId })
    const words = {
      ...{ time: new Date(now()).toISOString(), ip, device: deviceOf(userAgent), what },
      link: `${issuer}/interaction/link?token=${text}`,
    }
    const message = makeMessage(messageKey, {
      ...{ tenantId, channel: 'email', template, language: 'en', userId, words, lifeSeconds: noticeSeconds },
    })
    return { messages: [message], proofs: [row] }
  }

/** To the earlier address, that another one took its place, with the link that takes it back. */
export const createEmailNotice =
  ({ messageKey, issuer }: NoticeDeps) =>
  (tenantId: string, { userId, to, now }: { readonly userId: string; readonly to: string; readonly now: string }): Notice => {
    const { text, row } = makeNoticeLink(tenantId, { id: newId(), purpose: 'undo-email', userId })
    const words = { email: now, link: `${issuer}/interaction/link?token=${text}`, days: '7' }
    const message = { tenantId, channel: 'email', template: 'email-changed', language: 'en', recipient: to, userId, words } as const
    const identifier = readIdentifier(to)
    if (identifier === undefined) return { messages: [], proofs: [] }
    return {
      messages: [makeMessage(messageKey, { ...message, lifeSeconds: noticeSeconds })],
      proofs: [{ ...row, address: identifier.canonical }],
    }
  }

/** That the account goes after `seconds`, with the link that keeps it. */
export const createDeletionNotice =
  ({ messageKey, issuer, now }: NoticeDeps) =>
  (tenantId: string, { userId, seconds }: { readonly userId: string; readonly seconds: number }): Notice => {
    const { text, row } = makeNoticeLink(tenantId, { id: newId(), purpose: 'cancel-deletion', userId })
    const words = { time: new Date(now() + seconds * 1000).toISOString(), link: `${issuer}/interaction/link?token=${text}` }
    const message = {
      tenantId,
      channel: 'email',
      template: 'deletion-planned',
      language: 'en',
      userId,
      words,
      lifeSeconds: noticeSeconds,
    } as const
    return { messages: [makeMessage(messageKey, message)], proofs: [row] }
  }

export type DeletionNotice = ReturnType<typeof createDeletionNotice>
export type EmailNotice = ReturnType<typeof createEmailNotice>
export type Notices = ReturnType<typeof createNotices>
