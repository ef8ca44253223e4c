import { useLocale, useMessages } from '../../console-context.tsx'
import type { WithOverview } from './overview-types.ts'

type TileProps = { readonly title: string; readonly value: string; readonly more: string }

const Tile = ({ title, value, more }: TileProps) => (
  <div className="tile">
    <span className="quiet">{title}</span>
    <b className="number">{value}</b>
    <span className="tile-more">{more}</span>
  </div>
)

const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole)

const useFormats = () => {
  const locale = useLocale()
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 })
  const change = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1, signDisplay: 'exceptZero' })
  const points = new Intl.NumberFormat(locale, { maximumFractionDigits: 1, signDisplay: 'exceptZero' })
  return { count: (value: number) => value.toLocaleString(locale), percent: percent.format, change: change.format, points: points.format }
}

/** The four figures that tell whether today is a usual day. */
export const Tiles = ({ overview }: WithOverview) => {
  const { overview: words } = useMessages()
  const format = useFormats()
  const { total, week_before: before, hours } = overview.sign_ins
  const passkeys = hours.reduce((sum, { succeeded }) => sum + (succeeded['passkey'] ?? 0), 0)
  const [refused, refusedBefore] = [total, before].map((one) => share(one.refused, one.succeeded + one.refused)) as [number, number]
  const isCompared = before.succeeded + before.refused > 0
  const { count, more } = overview.live_sessions
  return (
    <div className="tiles">
      <Tile
        title={words.signIns}
        value={format.count(total.succeeded)}
        more={before.succeeded > 0 ? words.onWeek(format.change(total.succeeded / before.succeeded - 1)) : words.noWeek}
      />
      <Tile
        title={words.refused}
        value={format.percent(refused)}
        more={isCompared ? words.pointsOnWeek(format.points((refused - refusedBefore) * 100)) : words.noWeek}
      />
      <Tile title={words.passkeys} value={format.percent(share(passkeys, total.succeeded))} more={words.ofSignIns} />
      <Tile title={words.sessions} value={`${format.count(count)}${more ? '+' : ''}`} more={words.sessionsNow} />
    </div>
  )
}
