import type { SalesDay } from './sales.ts'
import type { SalesFormat } from './sales-format.ts'

/** The same numbers to read, copy and listen to, the newest day first. */
export function SalesTable({ days, format }: { days: readonly SalesDay[]; format: SalesFormat }) {
  return (
    <details className="sales-chart-details">
      <summary>Show as table</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: whoever scrolls by keyboard must be able to reach it. */}
      <section className="sales-chart-scroll" aria-label="Sales per day" tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">Day</th>
              <th scope="col">Orders</th>
              <th scope="col">Sales</th>
            </tr>
          </thead>
          <tbody>
            {[...days].reverse().map((day) => (
              <tr key={day.date}>
                <th scope="row">{format.fullDay(day.date)}</th>
                <td>{format.count(day.orders)}</td>
                <td>{format.money(day.total)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  )
}
