import { type PointerEvent, useState } from 'react'
import { useFormat, useTexts } from '../language/language.tsx'
import { labelStride, ticksTo } from './chart-scale.ts'
import styles from './day-chart.module.css'
import { useWidth } from './use-width.ts'

export interface ChartPoint {
  /** First day of what it stands for, as `2026-01-31`. */
  readonly day: string
  readonly value: number
  /** What is said about it, with its number. */
  readonly words: string
}

const height = 200
const margin = { top: 12, right: 8, bottom: 28, left: 44 }
/** Between two labels of the lower axis, in pixels. */
const labelWidth = 84

/**
 * Bars for what happened in each period, a line for what stood at its end. The pointer and the arrow keys choose a
 * period, of which the words are shown and read out.
 */
export function DayChart({
  title,
  kind,
  points,
}: {
  title: string
  kind: 'bars' | 'line'
  points: readonly ChartPoint[]
}) {
  const texts = useTexts().analytics
  const format = useFormat()
  const [place, width] = useWidth<HTMLDivElement>()
  const [chosen, setChosen] = useState<number>()
  const inner = Math.max(0, width - margin.left - margin.right)
  const ticks = ticksTo(Math.max(...points.map(({ value }) => value)))
  const top = ticks.at(-1) ?? 1
  const step = inner / points.length
  const x = (index: number) => margin.left + (index + 0.5) * step
  const y = (value: number) => margin.top + (1 - value / top) * (height - margin.top - margin.bottom)
  const stride = labelStride(points.length, inner, labelWidth)
  const point = chosen === undefined ? undefined : points[chosen]
  const words = (index: number) => {
    const one = points[index]
    return one ? texts.point(format.fullDay(one.day), one.words) : ''
  }
  const follow = (event: PointerEvent<HTMLElement>) => {
    const index = Math.floor((event.clientX - event.currentTarget.getBoundingClientRect().left - margin.left) / step)
    setChosen(Math.min(points.length - 1, Math.max(0, index)))
  }
  return (
    <div ref={place} className={styles.chart} onPointerMove={follow} onPointerLeave={() => setChosen(undefined)}>
      {width > 0 && (
        <svg width={width} height={height} aria-hidden="true" className={styles.drawing}>
          {ticks.map((tick) => (
            <g key={tick}>
              <line x1={margin.left} x2={width - margin.right} y1={y(tick)} y2={y(tick)} className={styles.grid} />
              <text x={margin.left - 8} y={y(tick)} dy="0.32em" textAnchor="end" className={styles.label}>
                {format.compact(tick)}
              </text>
            </g>
          ))}
          {points.map(({ day }, index) =>
            index % stride === 0 && x(index) < width - labelWidth / 2 ? (
              <text
                key={day}
                x={Math.max(x(index), margin.left)}
                y={height - 8}
                textAnchor={index === 0 ? 'start' : 'middle'}
                className={styles.label}
              >
                {format.day(day)}
              </text>
            ) : null,
          )}
          {kind === 'bars' ? (
            points.map(({ day, value }, index) => (
              <rect
                key={day}
                x={x(index) - Math.max(1, step * 0.7) / 2}
                y={y(value)}
                width={Math.max(1, step * 0.7)}
                height={y(0) - y(value)}
                className={index === chosen ? styles.chosenBar : styles.bar}
              />
            ))
          ) : (
            <polyline
              points={points.map(({ value }, index) => `${x(index)},${y(value)}`).join(' ')}
              className={styles.line}
            />
          )}
          {point && chosen !== undefined && (
            <>
              <line x1={x(chosen)} x2={x(chosen)} y1={margin.top} y2={y(0)} className={styles.cursor} />
              {kind === 'line' && <circle cx={x(chosen)} cy={y(point.value)} r={4} className={styles.dot} />}
            </>
          )}
        </svg>
      )}
      <input
        type="range"
        min={0}
        max={points.length - 1}
        value={chosen ?? points.length - 1}
        aria-label={texts.choose(title)}
        aria-valuetext={words(chosen ?? points.length - 1)}
        className={styles.keys}
        onChange={({ target }) => setChosen(Number(target.value))}
        onFocus={() => setChosen((before) => before ?? points.length - 1)}
        onBlur={() => setChosen(undefined)}
      />
      {chosen !== undefined && (
        <p
          className={styles.tip}
          aria-hidden="true"
          style={x(chosen) > width / 2 ? { right: width - x(chosen) + 10 } : { left: x(chosen) + 10 }}
        >
          {words(chosen)}
        </p>
      )}
    </div>
  )
}
