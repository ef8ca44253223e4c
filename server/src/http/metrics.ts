import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { CounterRow, Gauge as GaugeRow } from './gauges.ts'

export type HttpMetrics = {
  readonly registry: Registry
  readonly observe: (request: { readonly method: string; readonly route: string; readonly status: number }, seconds: number) => void
  readonly countEvent: (type: string) => void
}

const buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

// prom-client calls `collect` with the gauge as `this`.
const measure = (read: () => number) =>
  function (this: Gauge): void {
    this.set(read())
  }

// What was counted elsewhere is told as it stands at each scrape.
const total = (label: string, read: CounterRow[3]) =>
  function (this: Counter): void {
    this.reset()
    for (const [value, count] of Object.entries(read())) this.inc({ [label]: value }, count)
  }

/** Prometheus metrics of this process: request durations by route and status, events, and what slices add. */
export const createMetrics = (gauges: readonly GaugeRow[] = [], counters: readonly CounterRow[] = []): HttpMetrics => {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, prefix: 'cip_' })
  const durations = new Histogram({
    name: 'cip_http_request_duration_seconds',
    help: 'Time from a request to the end of its answer.',
    labelNames: ['method', 'route', 'status'],
    buckets,
    registers: [registry],
  })
  const events = new Counter({ name: 'cip_events_total', help: 'Audit events made, by type.', labelNames: ['type'], registers: [registry] })
  for (const [name, help, read] of gauges) new Gauge({ name, help, registers: [registry], collect: measure(read) })
  for (const [name, help, label, read] of counters)
    new Counter({ name, help, labelNames: [label], registers: [registry], collect: total(label, read) })
  const children = new Map<string, Histogram.Internal<string>>()
  return {
    registry,
    observe: ({ method, route, status }, seconds) => {
      const key = `${method} ${route} ${status}`
      let child = children.get(key)
      if (child === undefined) {
        child = durations.labels({ method, route, status: String(status) })
        children.set(key, child)
      }
      child.observe(seconds)
    },
    countEvent: (type) => events.inc({ type }),
  }
}
