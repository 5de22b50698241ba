import { type CSSProperties, useId, useMemo } from 'react'
import { averageLabel, hasAverage } from './chart-configuration.ts'
import type { PluginApi } from './plexica.ts'
import { type SalesDay, type SalesSummary, summarise } from './sales.ts'
import { SalesCanvas } from './sales-canvas.tsx'
import { chartInWords, type SalesFormat, salesFormat } from './sales-format.ts'
import { SalesTable } from './sales-table.tsx'
import { type Range, ranges, readSettings } from './settings.ts'
import { styles } from './styles.ts'
import { type SalesState, useSales } from './use-sales.ts'

/** The dashboard card. For the extension point `dashboard.widgets`. */
export function SalesChart({ plexica }: { plexica: PluginApi }) {
  const settings = useMemo(() => readSettings(plexica.configuration), [plexica.configuration])
  const format = useMemo(() => salesFormat(settings.currency), [settings.currency])
  const { state, range, show, retry } = useSales(plexica.request, settings.defaultRange)
  const heading = useId()

  return (
    <section
      className="sales-chart"
      aria-labelledby={heading}
      style={{ '--sales-chart-colour': settings.colour } as CSSProperties}
    >
      <style href="sales-chart" precedence="plugin">
        {styles}
      </style>
      <header className="sales-chart-header">
        <div>
          <h2 id={heading}>Sales</h2>
          <p className="sales-chart-span">{spanOf(state, range, format)}</p>
        </div>
        <RangeSwitch range={range} onChange={show} />
      </header>
      <SalesBody state={state} range={range} format={format} onRetry={retry} />
    </section>
  )
}

function spanOf(state: SalesState, range: Range, format: SalesFormat): string {
  const first = state.status === 'ready' ? state.days[0] : undefined
  const last = state.status === 'ready' ? state.days.at(-1) : undefined
  return first && last ? format.span(first.date, last.date) : `Last ${range} days`
}

function RangeSwitch({ range, onChange }: { range: Range; onChange(range: Range): void }) {
  const name = useId()
  return (
    <fieldset className="sales-chart-ranges">
      <legend className="sales-chart-hidden">Days shown</legend>
      {ranges.map((days) => (
        <label key={days}>
          <input type="radio" name={name} checked={days === range} onChange={() => onChange(days)} />
          <span>{days} days</span>
        </label>
      ))}
    </fieldset>
  )
}

interface BodyProps {
  state: SalesState
  range: Range
  format: SalesFormat
  onRetry(): void
}

function SalesBody({ state, range, format, onRetry }: BodyProps) {
  if (state.status === 'failed') {
    return (
      <div className="sales-chart-message" role="alert">
        <strong>The sales could not be loaded</strong>
        <p>{state.reason}</p>
        <button type="button" onClick={onRetry}>
          Try again
        </button>
      </div>
    )
  }
  if (state.status === 'loading' && state.days.length === 0) return <Skeleton />
  // A platform may leave out days without orders, or send them as zeros.
  if (!state.days.some((day) => day.orders > 0 || day.total !== 0)) {
    return (
      <div className="sales-chart-message" role="status">
        <strong>No orders in the last {range} days</strong>
        <p>The first one shows up here as soon as it is placed.</p>
      </div>
    )
  }
  return (
    <div className="sales-chart-body" aria-busy={state.status === 'loading'}>
      <SalesReport days={state.days} format={format} />
    </div>
  )
}

function SalesReport({ days, format }: { days: SalesDay[]; format: SalesFormat }) {
  const summary = useMemo(() => summarise(days), [days])
  return (
    <>
      <Figures summary={summary} format={format} />
      <SalesCanvas days={days} format={format} description={chartInWords(days, summary, format)} />
      <ul className="sales-chart-legend" aria-hidden="true">
        <li className="sales-chart-bar">Sales per day</li>
        {hasAverage(days) && <li className="sales-chart-average">{averageLabel}</li>}
      </ul>
      <SalesTable days={days} format={format} />
    </>
  )
}

function Figures({ summary, format }: { summary: SalesSummary; format: SalesFormat }) {
  const figures = [
    { name: 'Sales', value: format.money(summary.total) },
    { name: 'Orders', value: format.count(summary.orders) },
    { name: 'Average order', value: format.money(summary.averageOrder) },
    { name: 'Best day', value: summary.best ? format.day(summary.best.date) : '–' },
  ]
  return (
    <dl className="sales-chart-figures">
      {figures.map(({ name, value }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function Skeleton() {
  return (
    <div className="sales-chart-skeleton" role="status">
      <span className="sales-chart-hidden">Loading the sales…</span>
      <div className="sales-chart-skeleton-figures" />
      <div className="sales-chart-skeleton-plot" />
    </div>
  )
}
