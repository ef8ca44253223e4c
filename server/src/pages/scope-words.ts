import { languageOf, type Messages } from './messages.ts'
import type { ScopeInWords } from './scope-list.ts'

const words: Readonly<Record<string, (messages: Messages) => string>> = {
  openid: (messages) => messages.scopeOpenid,
  profile: (messages) => messages.scopeProfile,
  email: (messages) => messages.scopeEmail,
  address: (messages) => messages.scopeAddress,
  phone: (messages) => messages.scopePhone,
  account: (messages) => messages.scopeAccount,
  organization: (messages) => messages.scopeOrganization,
  offline_access: (messages) => messages.scopeOffline,
}

/** Scopes in words, for the consent page; one that nobody explains is shown by its name. */
export const scopesInWords = (scopes: readonly string[], lang: string): readonly ScopeInWords[] => {
  const { messages } = languageOf(lang)
  return scopes.map((scope) => {
    // Which organization it is says its id, which says nothing to a person.
    const name = scope.startsWith('organization:') ? 'organization' : scope
    return { name, description: Object.hasOwn(words, name) ? (words[name]?.(messages) ?? '') : messages.scopeOther }
  })
}
