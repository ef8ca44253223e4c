import { Icon } from '@custom-identity-platform/kit/icons.tsx'
import { useConsole } from '../console-context.tsx'
import { catalogues, tags } from '../messages/messages.ts'
import { Dropdown } from '../parts/dropdown.tsx'
import type { Scheme } from '../scheme.ts'

const schemes: readonly Scheme[] = ['auto', 'light', 'dark']

const Choices = () => {
  const { messages, language, speakIn, scheme, chooseScheme } = useConsole()
  return (
    <>
      <label className="menu-choice">
        <span>{messages.schemeMenu}</span>
        <select value={scheme} onChange={(event) => chooseScheme(event.currentTarget.value as Scheme)}>
          {schemes.map((one) => (
            <option key={one} value={one}>
              {messages.schemes[one]}
            </option>
          ))}
        </select>
      </label>
      {tags.length < 2 ? null : (
        <label className="menu-choice">
          <span>{messages.languageMenu}</span>
          <select value={language} onChange={(event) => void speakIn(event.currentTarget.value)}>
            {tags.map((tag) => (
              <option key={tag} value={tag} lang={tag}>
                {catalogues[tag].name}
              </option>
            ))}
          </select>
        </label>
      )}
    </>
  )
}

/** Who is signed in, how the console looks to them, and the way out. */
export const AccountMenu = () => {
  const { me, messages, console } = useConsole()
  const name = me.user?.username ?? me.user?.email ?? me.id
  return (
    <Dropdown label={`${messages.accountMenu}: ${name}`} mark={<span className="initial">{name.slice(0, 1).toUpperCase()}</span>}>
      <p className="menu-who">
        <b>{name}</b>
        {me.user?.email === null || me.user?.email === name ? null : <span className="quiet">{me.user?.email}</span>}
      </p>
      <Choices />
      <a className="menu-item" href={`${console.issuer}/account`}>
        <Icon name="person" size={18} />
        {messages.yourAccount}
      </a>
      <button type="button" className="menu-item" onClick={() => console.client.signOut(`${console.issuer}/console`)}>
        <Icon name="out" size={18} />
        {messages.signOut}
      </button>
    </Dropdown>
  )
}
