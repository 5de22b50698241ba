import { DataTable } from '../design/data-table.tsx'
import { useFormat, useTexts } from '../language/language.tsx'
import { type ChartPoint, DayChart } from './day-chart.tsx'
import styles from './plugin-analytics.module.css'

/** A chart with its heading, and the numbers behind it as a table, the newest first. */
export function ChartFigure({
  title,
  about,
  kind,
  weekly,
  points,
}: {
  title: string
  /** What each point counts, in few words. */
  about: string
  kind: 'bars' | 'line'
  weekly: boolean
  points: readonly ChartPoint[]
}) {
  const texts = useTexts().analytics
  const format = useFormat()
  return (
    <figure className={styles.figure}>
      <figcaption>
        <h2 className={styles.heading}>{title}</h2>
        <p className={styles.soft}>
          {about}
          {points.every(({ value }) => value === 0) && ` · ${texts.nothing}`}
        </p>
      </figcaption>
      <DayChart title={title} kind={kind} points={points} />
      <details>
        <summary className={styles.summary}>{texts.table}</summary>
        <div className={styles.table}>
          <DataTable
            label={texts.tableOf(title)}
            columns={[
              { title: weekly ? texts.week : texts.day, cell: ({ day }: ChartPoint) => format.fullDay(day) },
              { title, number: true, cell: ({ words }) => words },
            ]}
            rows={points.toReversed()}
            keyOf={({ day }) => day}
          />
        </div>
      </details>
    </figure>
  )
}
