import type { ChartConfiguration } from 'chart.js'
import { movingAverage, type SalesDay } from './sales.ts'
import type { SalesFormat } from './sales-format.ts'

/** Resolved colours: a canvas does not understand CSS variables. */
export interface ChartTheme {
  bar: string
  /** The bar under the pointer. */
  chosenBar: string
  text: string
  grid: string
  average: string
  tooltipText: string
  tooltipSurface: string
  font: string
  animated: boolean
}

export type SalesChartConfiguration = ChartConfiguration<'bar' | 'line', (number | null)[], string>

/** Days that the average line looks back on: a week, so that weekends do not show. */
const averageDays = 7
export const averageLabel = `${averageDays}-day average`

/** The average of a single week would be one point. */
export function hasAverage(days: readonly SalesDay[]): boolean {
  return days.length > averageDays
}

/** What chart.js is to draw: a bar per day, and the weekly average as a line when there is more than a week. */
export function chartConfiguration(
  days: readonly SalesDay[],
  format: SalesFormat,
  theme: ChartTheme,
): SalesChartConfiguration {
  const totals = days.map((day) => day.total)
  return {
    type: 'bar',
    data: {
      labels: days.map((day) => format.day(day.date)),
      datasets: [
        {
          type: 'bar',
          label: 'Sales',
          data: totals,
          backgroundColor: theme.bar,
          hoverBackgroundColor: theme.chosenBar,
          borderRadius: 4,
          maxBarThickness: 64,
          categoryPercentage: 0.86,
          barPercentage: 0.9,
          order: 2,
        },
        ...(hasAverage(days)
          ? [
              {
                type: 'line' as const,
                label: averageLabel,
                data: movingAverage(totals, averageDays),
                borderColor: theme.average,
                backgroundColor: theme.average,
                borderWidth: 2,
                pointRadius: 0,
                pointHitRadius: 0,
                pointHoverRadius: 0,
                tension: 0.35,
                order: 1,
              },
            ]
          : []),
      ],
    },
    options: {
      responsive: true,
      maintainAspectRatio: false,
      animation: theme.animated ? { duration: 300 } : false,
      interaction: { mode: 'index', intersect: false },
      font: { family: theme.font, size: 12 },
      scales: {
        x: {
          grid: { display: false },
          border: { color: theme.grid },
          ticks: { color: theme.text, maxRotation: 0, autoSkipPadding: 20 },
        },
        y: {
          beginAtZero: true,
          border: { display: false },
          grid: { color: theme.grid },
          ticks: { color: theme.text, maxTicksLimit: 6, callback: (value) => format.axis(Number(value)) },
        },
      },
      plugins: {
        tooltip: {
          backgroundColor: theme.tooltipSurface,
          titleColor: theme.tooltipText,
          bodyColor: theme.tooltipText,
          padding: 10,
          cornerRadius: 8,
          boxPadding: 4,
          usePointStyle: true,
          callbacks: {
            title: ([item]) => {
              const day = item && days[item.dataIndex]
              return day ? format.fullDay(day.date) : ''
            },
            label: (item) => ` ${item.dataset.label}: ${format.money(Number(item.raw ?? 0))}`,
            footer: ([item]) => {
              const day = item && days[item.dataIndex]
              return day ? `${format.count(day.orders)} ${day.orders === 1 ? 'order' : 'orders'}` : ''
            },
          },
          filter: (item) => item.raw !== null,
          itemSort: (a, b) => a.datasetIndex - b.datasetIndex,
          footerColor: theme.tooltipText,
          footerFont: { weight: 'normal' },
        },
      },
    },
  }
}
