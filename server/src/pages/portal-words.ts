import { languageOf } from './messages.ts'

/** What the page of the account portal says before its program runs. */
export const portalWords = (lang: string) => {
  const { tag, direction, messages } = languageOf(lang)
  return {
    ...{ language: tag, direction },
    title: messages.portal,
    /** While the program is on its way. */
    opening: messages.portalOpening,
    /** To browsers that run no script. */
    needsScript: messages.portalNeedsScript,
  }
}
