import {
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
} from 'chart.js'
import { useEffect, useRef, useState } from 'react'
import { chartConfiguration } from './chart-configuration.ts'
import { readTheme, watchTheme } from './read-theme.ts'
import type { SalesDay } from './sales.ts'
import { dayInWords, type SalesFormat } from './sales-format.ts'

Chart.register(
  BarController,
  BarElement,
  CategoryScale,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
)

interface Props {
  /** At least one, oldest first. */
  days: readonly SalesDay[]
  format: SalesFormat
  /** The chart in a sentence. */
  description: string
}

/** The drawn chart. A slider above the canvas walks through the days by keyboard and says each one. */
export function SalesCanvas({ days, format, description }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const chart = useRef<Chart<'bar' | 'line', (number | null)[], string>>(null)
  const [theme, setTheme] = useState(0)
  const [chosen, choose] = useState(days.length - 1)
  const index = Math.min(chosen, days.length - 1)

  useEffect(() => watchTheme(() => setTheme((count) => count + 1)), [])

  // `theme` is among the reasons to draw again because readTheme looks up what it counts the changes of.
  useEffect(() => {
    if (!canvas.current) return
    const drawn = new Chart(canvas.current, chartConfiguration(days, format, readTheme(canvas.current)))
    chart.current = drawn
    return () => drawn.destroy()
  }, [days, format, theme])

  /** Shows the tooltip of a day, or none. */
  function point(at: number | null) {
    const drawn = chart.current
    if (!drawn?.tooltip) return
    const active = at === null ? [] : drawn.data.datasets.map((_, datasetIndex) => ({ datasetIndex, index: at }))
    const bar = at === null ? undefined : drawn.getDatasetMeta(0).data[at]
    drawn.setActiveElements(active)
    drawn.tooltip.setActiveElements(active, { x: bar?.x ?? 0, y: bar?.y ?? 0 })
    drawn.update('none')
  }

  const day = days[index]
  return (
    <div className="sales-chart-plot">
      <canvas ref={canvas} role="img" aria-label={description} />
      <input
        className="sales-chart-cursor"
        type="range"
        min={0}
        max={days.length - 1}
        value={index}
        aria-label="Day"
        aria-valuetext={day ? dayInWords(day, format) : ''}
        onChange={(event) => {
          choose(event.target.valueAsNumber)
          point(event.target.valueAsNumber)
        }}
        onFocus={() => point(index)}
        onBlur={() => point(null)}
      />
    </div>
  )
}
