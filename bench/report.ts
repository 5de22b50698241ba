import type { Comparison } from './measure.ts'

/** A bar of the design: ours against another contender, at most or at least so many times its value. */
export interface Bar {
  against: string
  most?: number
  least?: number
}

let missed = 0

/** Prints one row: every contender's median, and for each bar the ratio with its spread and whether it holds. */
export function reportRow(title: string, unit: string, result: Comparison, bars: Bar[]): void {
  console.log(`\n${title}`)
  const width = Math.max(...Object.keys(result.medians).map((name) => name.length))
  for (const [name, value] of Object.entries(result.medians)) {
    console.log(`  ${name.padEnd(width)}  ${format(value).padStart(10)} ${unit}`)
  }
  for (const { against, most, least } of bars) {
    const { median, low, high } = result.ratio('plexica', against)
    const holds = (most === undefined || median <= most) && (least === undefined || median >= least)
    if (!holds) missed++
    const bar = most === undefined ? `≥ ${least}` : `≤ ${most}`
    const spread = `${low.toFixed(2)}–${high.toFixed(2)}`
    console.log(`  ${holds ? '✓' : '✗'} ${median.toFixed(2)} × ${against}  (${spread})   bar ${bar}`)
  }
}

/** Prints a figure that stands on its own, with its bar. */
export function reportFigure(title: string, value: number, unit: string, most: number): void {
  const holds = value <= most
  if (!holds) missed++
  console.log(`  ${holds ? '✓' : '✗'} ${title}  ${format(value)} ${unit}   bar ≤ ${format(most)}`)
}

/** Prints how many times another's value ours is, with the most that it may be. */
export function reportRatio(title: string, ratio: number, against: string, most: number): void {
  const holds = ratio <= most
  if (!holds) missed++
  console.log(`  ${holds ? '✓' : '✗'} ${title}  ${ratio.toFixed(2)} × ${against}   bar ≤ ${most}`)
}

export function missedBars(): number {
  return missed
}

function format(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString('en') : value.toFixed(1)
}
