import { Icon } from '@custom-identity-platform/kit/icons.tsx'
import { useBrand, useLanguage, useMessages } from './account-context.tsx'
import { useLanguageChoice } from './language-choice.ts'
import { catalogues, tags } from './messages/messages.ts'
import { Problem } from './parts.tsx'

/** Every language by its own name, the one that is spoken chosen. */
const LanguageMenu = () => {
  const { languageMenu } = useMessages()
  const language = useLanguage()
  const { act, isPending, problem } = useLanguageChoice()
  return (
    <div className="foot-language">
      <Icon name="language" size={16} />
      <select aria-label={languageMenu} value={language} disabled={isPending} onChange={(event) => act(event.currentTarget.value)}>
        {tags.map((tag) => (
          <option key={tag} value={tag} lang={tag}>
            {catalogues[tag].name}
          </option>
        ))}
      </select>
      <Problem>{problem}</Problem>
    </div>
  )
}

const Links = () => {
  const { links } = useMessages()
  const { termsUrl, privacyUrl, helpUrl } = useBrand()
  const all = [
    { text: links.terms, url: termsUrl },
    { text: links.privacy, url: privacyUrl },
    { text: links.help, url: helpUrl },
  ].filter(({ url }) => url !== undefined)
  if (all.length === 0) return null
  return (
    <ul aria-label={links.title}>
      {all.map(({ text, url }) => (
        <li key={text}>
          <a href={url} rel="noopener noreferrer">
            {text}
          </a>
        </li>
      ))}
    </ul>
  )
}

/** What stands below every page: the links of the tenant, and the language. */
export const Foot = () => (
  <footer className="foot">
    <Links />
    <LanguageMenu />
  </footer>
)
