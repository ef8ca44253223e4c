import { Icon } from '@custom-identity-platform/kit/icons.tsx'
import { Link } from '@tanstack/react-router'
import { type ReactNode, type RefObject, useEffect, useRef } from 'react'
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

// Where the person is already: of the whole console, so that a page knows whether it is a new one.
let arrivedAt: string | undefined

/** Moves the focus to the head of a page that was gone to, so that keyboards and screen readers start there; not where the console has just opened. */
const useArrival = (heading: RefObject<HTMLElement | null>, title: string): void => {
  // biome-ignore lint/correctness/useExhaustiveDependencies: another title on the same page may be another page
  useEffect(() => {
    const here = location.pathname
    if (arrivedAt !== undefined && arrivedAt !== here) heading.current?.focus({ preventScroll: true })
    arrivedAt = here
  }, [title])
}

/** The head of a page; it names the document too. */
export const PageHead = ({ title, text, up, pill, actions }: PageHeadProps) => {
  const { brand, messages } = useConsole()
  const heading = useRef<HTMLHeadingElement>(null)
  useArrival(heading, title)
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
        <h1 tabIndex={-1} ref={heading}>
          <bdi>{title}</bdi> {pill}
        </h1>
        {text === undefined ? null : <p>{text}</p>}
      </div>
      {actions === undefined ? null : <div className="actions">{actions}</div>}
    </header>
  )
}
