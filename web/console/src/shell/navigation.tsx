import { Icon } from '@custom-identity-platform/kit/icons.tsx'
import { Link, useLocation } from '@tanstack/react-router'
import { useConsole, useMessages } from '../console-context.tsx'
import { groups, opensTo, type Section, sectionAt } from '../sections.ts'

/** The sections that somebody gets something from, under their headings. */
export const useGroups = () => {
  const { me, paths } = useConsole()
  return groups
    .map(({ name, sections }) => ({ name, sections: sections.filter((one) => paths.has(one.path) && opensTo(me, one)) }))
    .filter(({ sections }) => sections.length > 0)
}

/** Whether a section is there for this person: what leads nowhere is no link. */
export const usePages = (): ((path: string) => boolean) => {
  const open = new Set(useGroups().flatMap(({ sections }) => sections.map(({ path }) => path)))
  return (path) => open.has(sectionAt(path)?.path ?? '')
}

const Entry = ({ section: { name, path, icon }, isHere }: { readonly section: Section; readonly isHere: boolean }) => {
  const { sections } = useMessages()
  return (
    <li>
      <Link to={path} preload="intent" activeOptions={{ exact: true }} {...(isHere && { 'aria-current': 'page', 'data-here': true })}>
        <Icon name={icon} size={18} />
        {sections[name]}
      </Link>
    </li>
  )
}

export const Navigation = () => {
  const { groups: names, navigation } = useMessages()
  const { pathname } = useLocation()
  const here = sectionAt(pathname)
  return (
    <nav aria-label={navigation}>
      {useGroups().map(({ name, sections }) => (
        <div key={name ?? ''}>
          {name === undefined ? null : <p className="nav-group">{names[name]}</p>}
          <ul>
            {sections.map((section) => (
              <Entry key={section.path} section={section} isHere={section.path === here?.path} />
            ))}
          </ul>
        </div>
      ))}
    </nav>
  )
}
