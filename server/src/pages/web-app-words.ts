import { languageOf } from './messages.ts'

/** What the page of a program of ours says before the program runs. */
export const webAppWords = (lang: string, app: 'account' | 'console') => {
  const { tag, direction, messages } = languageOf(lang)
  const [title, opening] = app === 'account' ? [messages.portal, messages.portalOpening] : [messages.console, messages.consoleOpening]
  return {
    ...{ language: tag, direction },
    title,
    /** While the program is on its way. */
    opening,
    /** To browsers that run no script. */
    needsScript: messages.portalNeedsScript,
  }
}
