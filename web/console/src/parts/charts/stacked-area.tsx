import { useEffect, useRef, useState } from 'react'
import { useLocale, useMessages } from '../../console-context.tsx'
import { FiguresTable } from './figures-table.tsx'
import { Legend, type Series } from './legend.tsx'
import { marksOf, stacked, ticksOf } from './scale.ts'

type AreaProps = {
  readonly label: string
  /** What is counted, such as "sign-ins in an hour". */
  readonly unit: string
  readonly series: readonly Series[]
  /** The beginning of each place for the table, and for the axis where it may have a mark. */
  readonly times: readonly { readonly short: string | undefined; readonly long: string }[]
  /** The last place is not over: it is drawn paler, so that nobody takes it for a fall. */
  readonly isLastOpen?: boolean
}

const height = 220
const inner = { top: 8, bottom: 24, end: 8 } as const

/** How wide the chart may be drawn: text in it keeps its size. */
const useWidth = () => {
  const element = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(640)
  useEffect(() => {
    if (element.current === null) return undefined
    const observer = new ResizeObserver(([entry]) => setWidth(Math.max(240, Math.round(entry?.contentRect.width ?? 640))))
    observer.observe(element.current)
    return () => observer.disconnect()
  }, [])
  return { element, width }
}

type Frame = { readonly start: number; readonly x: (index: number) => number; readonly y: (value: number) => number }

const frameOf = ({ width, count, max, digits }: { width: number; count: number; max: number; digits: number }): Frame => {
  const start = 10 + digits * 7
  const [across, down] = [width - start - inner.end, height - inner.top - inner.bottom]
  return {
    start,
    x: (index) => start + (count < 2 ? across / 2 : (index / (count - 1)) * across),
    y: (value) => inner.top + down * (1 - value / max),
  }
}

const pathOf = (upper: readonly number[], lower: readonly number[] | undefined, { x, y }: Frame): string => {
  const points = (values: readonly number[]): string[] => values.map((value, index) => `${x(index).toFixed(1)} ${y(value).toFixed(1)}`)
  const back = points(lower ?? upper.map(() => 0)).reverse()
  return `M${[...points(upper), ...back].join('L')}Z`
}

type AxesProps = { readonly frame: Frame; readonly ticks: readonly number[]; readonly times: AreaProps['times']; readonly width: number }

const Axes = ({ frame, ticks, times, width }: AxesProps) => {
  const locale = useLocale()
  const marked = times.flatMap(({ short }, index) => (short === undefined ? [] : [index]))
  const marks = marksOf(marked.length, Math.max(2, Math.floor(width / 80))).flatMap((one) => marked[one] ?? [])
  return (
    <>
      {ticks.map((tick) => (
        <g key={tick}>
          <line className="chart-line" x1={frame.start} x2={width - inner.end} y1={frame.y(tick)} y2={frame.y(tick)} />
          <text className="chart-text" x={frame.start - 6} y={frame.y(tick) + 4} textAnchor="end">
            {tick.toLocaleString(locale)}
          </text>
        </g>
      ))}
      {marks.map((index) => (
        <text
          key={index}
          className="chart-text"
          x={frame.x(index)}
          y={height - 6}
          textAnchor={index === 0 ? 'start' : index === times.length - 1 ? 'end' : 'middle'}
        >
          {times[index]?.short}
        </text>
      ))}
    </>
  )
}

const OpenEnd = ({ frame, from, width }: { readonly frame: Frame; readonly from: number; readonly width: number }) => (
  <rect
    className="chart-open"
    x={frame.x(from)}
    y={inner.top}
    width={width - inner.end - frame.x(from)}
    height={height - inner.top - inner.bottom}
  />
)

/** How much there was of each kind over time, one upon another. */
export const StackedArea = ({ label, unit, series, times, isLastOpen = false }: AreaProps) => {
  const { chart } = useMessages().parts
  const locale = useLocale()
  const { element, width } = useWidth()
  const edges = stacked(series.map(({ values }) => values))
  const ticks = ticksOf(Math.max(0, ...(edges.at(-1) ?? [])))
  const max = ticks.at(-1) ?? 1
  const frame = frameOf({ width, count: times.length, max, digits: max.toLocaleString(locale).length })
  const total = series.reduce((sum, { values }) => sum + values.reduce((all, one) => all + one, 0), 0)
  return (
    <div className="chart" ref={element}>
      <Legend series={series} />
      <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={`${label}: ${total} (${unit})`}>
        <Axes {...{ frame, ticks, times, width }} />
        {edges.map((upper, index) => (
          <path key={series[index]?.key} className={`series-${index + 1}`} d={pathOf(upper, edges[index - 1], frame)} />
        ))}
        {isLastOpen && times.length > 1 ? <OpenEnd frame={frame} from={times.length - 2} width={width} /> : null}
      </svg>
      {total === 0 ? <p className="quiet">{chart.none}</p> : null}
      <FiguresTable {...{ label, unit, series }} times={times.map(({ long }) => long)} />
    </div>
  )
}
