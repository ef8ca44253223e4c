import { Fragment, type ReactNode } from 'react'

type Entry = { readonly term: string; readonly value: ReactNode }

/** Facts by their names. */
export const DefinitionList = ({ entries }: { readonly entries: readonly Entry[] }) => (
  <dl className="definitions">
    {entries.map(({ term, value }) => (
      <Fragment key={term}>
        <dt>{term}</dt>
        <dd>{value}</dd>
      </Fragment>
    ))}
  </dl>
)
