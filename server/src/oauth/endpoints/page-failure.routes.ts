import type { FailurePage } from '../../http/failures.ts'
import { chooseLanguage } from '../../pages/choose-language.ts'
import { errorPage } from '../../pages/error-page.ts'
import type { Assets } from '../../pages/frame.ts'
import { languageParameter } from '../../pages/language-menu.ts'
import type { RefusalReason } from '../../pages/refusal-words.ts'
import type { CookieJar } from '../../platform/cookies.ts'
import { contentLanguage, pageHeaders } from './page-reply.ts'

const reasonOf = (status: number): RefusalReason | undefined => {
  if (status === 429) return 'too-many-requests'
  if (status === 503) return 'unavailable'
  return status >= 500 ? 'server-error' : undefined
}

/** Draws what was refused before a page could be drawn: too many requests, an outage, an error of ours. */
export const failurePageWith =
  (assets: Assets, jar: Pick<CookieJar, 'read'>): FailurePage =>
  ({ status, code, description, requestId, headers }) => {
    const chosen = jar.read(headers['cookie'], languageParameter)
    const lang = chooseLanguage({ chosen, acceptLanguage: headers['accept-language'] })
    const body = errorPage({ lang, assets, code, description, reason: reasonOf(status), requestId })
    return { body, headers: { ...pageHeaders(), ...contentLanguage(body) } as Record<string, string> }
  }
