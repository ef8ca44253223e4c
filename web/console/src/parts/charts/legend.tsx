export type Series = { readonly key: string; readonly title: string; readonly values: readonly number[] }

/** What the colours stand for. */
export const Legend = ({ series }: { readonly series: readonly Pick<Series, 'key' | 'title'>[] }) => (
  <ul className="legend">
    {series.map(({ key, title }, index) => (
      <li key={key}>
        <i className={`series-${index + 1}`} aria-hidden="true" />
        {title}
      </li>
    ))}
  </ul>
)
