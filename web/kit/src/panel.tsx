import { type ReactNode, useId } from 'react'

type PanelProps = {
  readonly title: string
  readonly intro?: ReactNode
  readonly action?: ReactNode
  readonly isDangerous?: boolean
  /** Where the title says what the head of the page has just said: it is for screen readers alone. */
  readonly isOnlyOne?: boolean
  readonly children?: ReactNode
}

/** A part of a page under its own heading. */
export const Panel = ({ title, intro, action, isDangerous = false, isOnlyOne = false, children }: PanelProps) => {
  const titleId = useId()
  return (
    <section className={isDangerous ? 'panel panel-danger' : 'panel'} aria-labelledby={titleId}>
      <div className={isOnlyOne && intro === undefined && action === undefined ? 'hidden-text' : 'panel-head'}>
        <div>
          <h2 id={titleId} className={isOnlyOne ? 'hidden-text' : undefined}>
            {title}
          </h2>
          {intro === undefined ? null : <p className="quiet">{intro}</p>}
        </div>
        {action}
      </div>
      {children}
    </section>
  )
}

export const Rows = ({ label, children }: { readonly label: string; readonly children: ReactNode }) => (
  <ul className="rows" aria-label={label}>
    {children}
  </ul>
)

type RowProps = {
  readonly mark: ReactNode
  readonly title: ReactNode
  readonly pill?: ReactNode
  readonly lines?: readonly ReactNode[]
  readonly actions?: ReactNode
}

export const Row = ({ mark, title, pill, lines = [], actions }: RowProps) => (
  <li className="row">
    <span className="row-mark" aria-hidden="true">
      {mark}
    </span>
    <div className="stack-tight">
      <p className="row-title">
        <span>{title}</span>
        {pill}
      </p>
      {lines
        .filter((line) => line !== null && line !== undefined)
        .map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a row never change their order
          <p className="quiet" key={index}>
            {line}
          </p>
        ))}
    </div>
    {actions === undefined ? null : <div className="row-actions">{actions}</div>}
  </li>
)

export const Pill = ({ kind, children }: { readonly kind: 'good' | 'warn' | 'bad' | 'plain'; readonly children: ReactNode }) => (
  <span className={kind === 'plain' ? 'pill' : `pill pill-${kind}`}>{children}</span>
)

export const Notice = ({
  kind = 'plain',
  isAlert = false,
  children,
}: {
  readonly kind?: 'plain' | 'warn' | 'bad' | 'good'
  readonly isAlert?: boolean
  readonly children: ReactNode
}) => (
  <div className={kind === 'plain' ? 'notice' : `notice notice-${kind}`} role={isAlert ? 'alert' : undefined}>
    {children}
  </div>
)

export const Empty = ({ mark, title, children }: { readonly mark: ReactNode; readonly title: string; readonly children: ReactNode }) => (
  <div className="empty">
    {mark}
    <h3>{title}</h3>
    {children}
  </div>
)

/** Stands where something is on its way; screen readers are told so once. */
export const Bones = ({ label, count = 4 }: { readonly label: string; readonly count?: number }) => (
  <div className="stack" role="status" aria-label={label}>
    {Array.from({ length: count }, (_, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: they are all alike
      <span className="bone" key={index} />
    ))}
  </div>
)
