import type { Customer } from '../../shop/orders.ts'
import { PluginPlace } from '../plugin-place.tsx'

const month = new Intl.DateTimeFormat('en', { month: 'long', year: 'numeric' })

/** Who ordered, and what plugins know of them: they are given the customer's number, no name. */
export function CustomerPanel({ customer }: { customer: Customer | undefined }) {
  if (!customer) return null
  return (
    <section className="card" aria-labelledby="customer-title">
      <h2 id="customer-title">{customer.name}</h2>
      <dl className="facts">
        <div>
          <dt>Lives in</dt>
          <dd>{customer.place}</dd>
        </div>
        <div>
          <dt>Customer since</dt>
          <dd>{month.format(new Date(`${customer.since}-01T12:00`))}</dd>
        </div>
      </dl>
      <PluginPlace name="customer.panel" props={{ customerId: customer.id }} />
    </section>
  )
}
