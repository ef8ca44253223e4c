import { useMessages } from '../../console-context.tsx'
import type { Series } from './legend.tsx'

type Props = { readonly label: string; readonly times: readonly string[]; readonly series: readonly Series[]; readonly unit: string }

/** The figures of a chart for whoever reads them better than a picture. */
export const FiguresTable = ({ label, times, series, unit }: Props) => {
  const { chart } = useMessages().parts
  return (
    <details className="figures">
      <summary>{chart.table}</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so it has to be reached by keyboard (WCAG 2.2 section 2.1.1) */}
      <section className="figures-box" aria-label={label} tabIndex={0}>
        <table className="table table-plain">
          <caption className="hidden-text">{`${label} (${unit})`}</caption>
          <thead>
            <tr>
              <th scope="col">{chart.time}</th>
              {series.map(({ key, title }) => (
                <th key={key} scope="col" className="number cell-number">
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {times.map((time, index) => (
              <tr key={time}>
                <th scope="row">{time}</th>
                {series.map(({ key, values }) => (
                  <td key={key} className="number cell-number">
                    {values[index] ?? 0}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  )
}
