import { useLocale, useMessages } from '../../console-context.tsx'

type Bar = { readonly key: string; readonly title: string; readonly value: number }

/** Few kinds by how many there are; each bar has its figure beside it, so the list is its own table. */
export const Bars = ({ label, bars }: { readonly label: string; readonly bars: readonly Bar[] }) => {
  const { chart } = useMessages().parts
  const locale = useLocale()
  const max = Math.max(1, ...bars.map(({ value }) => value))
  if (bars.length === 0) return <p className="quiet">{chart.none}</p>
  return (
    <ul className="bars" aria-label={label}>
      {bars.map(({ key, title, value }) => (
        <li key={key}>
          <span>{title}</span>
          <span className="number">{value.toLocaleString(locale)}</span>
          <svg className="bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
            <rect className="bar-track" width="100" height="4" rx="1" />
            <rect className="series-1" width={(value / max) * 100} height="4" rx="1" />
          </svg>
        </li>
      ))}
    </ul>
  )
}
