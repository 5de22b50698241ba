import type { PluginAnalytics as Answer } from '@plexica/api'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import { buttonClass } from '../design/button.tsx'
import { SelectField } from '../design/field.tsx'
import { Loaded } from '../design/loaded.tsx'
import { useFormat, useTexts } from '../language/language.tsx'
import { type Range, ranges } from '../publish/publish-search.ts'
import { registry } from '../registry/client.ts'
import { InPages } from '../telemetry/in-pages.tsx'
import { daysUntil, isWeekly, type Period, periodsOf } from './analytics-period.ts'
import { ChartFigure } from './chart-figure.tsx'
import styles from './plugin-analytics.module.css'

/** How a plugin fares: totals, a chart of each number over time with its table, and all of it as CSV. */
export function PluginAnalytics({
  pluginId,
  range,
  onRange,
}: {
  pluginId: string
  range: Range
  onRange: (range: Range) => void
}) {
  const texts = useTexts().analytics
  const query = daysUntil(new Date(), range)
  const analytics = useQuery({
    queryKey: ['plugin', pluginId, 'analytics', query],
    queryFn: ({ signal }) => registry.getPluginAnalytics({ params: { pluginId }, query, signal }),
    placeholderData: keepPreviousData,
  })
  const csv = `/api/plugins/${encodeURIComponent(pluginId)}/analytics?${new URLSearchParams({ ...query, format: 'csv' })}`
  return (
    <div className={styles.analytics}>
      <div className={styles.bar}>
        <SelectField
          label={texts.range}
          value={range}
          onChange={({ target }) => onRange(ranges.find((one) => String(one) === target.value) ?? 30)}
        >
          {ranges.map((one) => (
            <option key={one} value={one}>
              {texts.ranges[one]}
            </option>
          ))}
        </SelectField>
        <a href={csv} download className={buttonClass()}>
          <Download size={18} aria-hidden /> {texts.csv}
        </a>
      </div>
      <Loaded query={analytics}>
        {(answer) => (
          <>
            <Totals answer={answer} />
            <Charts answer={answer} />
          </>
        )}
      </Loaded>
      <InPages pluginId={pluginId} days={range} />
      <p className={styles.soft}>{texts.utc}</p>
    </div>
  )
}

function Totals({ answer: { totals, days } }: { answer: Answer }) {
  const texts = useTexts().analytics
  const { number, rating, bytes } = useFormat()
  const facts = [
    [texts.downloads, number(totals.downloads)],
    [texts.bytes, bytes(totals.downloadBytes)],
    [texts.installs, number(totals.installs)],
    [texts.uninstalls, number(totals.uninstalls)],
    [texts.installed, number(days.at(-1)?.installed ?? 0)],
    [texts.ratings, number(totals.ratings)],
    ...(totals.ratings > 0 ? [[texts.average, rating(totals.stars / totals.ratings)]] : []),
  ]
  return (
    <dl className={styles.totals} aria-label={texts.totals}>
      {facts.map(([name, value]) => (
        <div key={name} className={styles.total}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function Charts({ answer }: { answer: Answer }) {
  const texts = useTexts().analytics
  const { number, rating } = useFormat()
  const weekly = isWeekly(answer.days)
  const periods = periodsOf(answer.days)
  const per = weekly ? texts.perWeek : texts.perDay
  const pointsOf = (count: (period: Period) => number, words = (period: Period) => number(count(period))) =>
    periods.map((period) => ({ day: period.day, value: count(period), words: words(period) }))
  const stars = ({ ratings, stars: sum }: Period) =>
    ratings === 0 ? number(0) : `${number(ratings)} · ${texts.stars(rating(sum / ratings))}`
  return (
    <div className={styles.charts}>
      <ChartFigure
        title={texts.downloads}
        about={per}
        kind="bars"
        weekly={weekly}
        points={pointsOf(({ downloads }) => downloads)}
      />
      <ChartFigure
        title={texts.installs}
        about={per}
        kind="bars"
        weekly={weekly}
        points={pointsOf(({ installs }) => installs)}
      />
      <ChartFigure
        title={texts.installed}
        about={texts.atEnd}
        kind="line"
        weekly={weekly}
        points={pointsOf(({ installed }) => installed)}
      />
      <ChartFigure
        title={texts.ratings}
        about={per}
        kind="bars"
        weekly={weekly}
        points={pointsOf(({ ratings }) => ratings, stars)}
      />
    </div>
  )
}
