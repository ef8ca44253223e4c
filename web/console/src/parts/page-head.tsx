import { Icon } from '@custom-identity-platform/kit/icons.tsx'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useEffect } from 'react'
import { useConsole } from '../console-context.tsx'

type PageHeadProps = {
  readonly title: string
  readonly text?: ReactNode
  /** The list that this page belongs to. */
  readonly up?: { readonly to: string; readonly title: string }
  readonly pill?: ReactNode
  /** The things to do; the first is the one that most come for. */
  readonly actions?: ReactNode
}

/** The head of a page; it names the document too. */
export const PageHead = ({ title, text, up, pill, actions }: PageHeadProps) => {
  const { brand, messages } = useConsole()
  useEffect(() => {
    document.title = [title, messages.product, brand.name].filter((one) => one !== undefined).join(' · ')
  }, [title, messages, brand])
  return (
    <header className="page-head page-head-wide">
      <div>
        {up === undefined ? null : (
          <Link to={up.to} className="page-up">
            <Icon name="back" size={16} />
            {up.title}
          </Link>
        )}
        <h1 tabIndex={-1}>
          <bdi>{title}</bdi> {pill}
        </h1>
        {text === undefined ? null : <p>{text}</p>}
      </div>
      {actions === undefined ? null : <div className="actions">{actions}</div>}
    </header>
  )
}
