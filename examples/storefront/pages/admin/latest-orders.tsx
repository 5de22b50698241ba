import type { Order } from '../../shop/orders.ts'
import { euros } from '../money.ts'

interface Props {
  orders: readonly Order[]
  chosen: Order | undefined
  onChoose(order: Order): void
}

/** One of them is chosen; its customer is shown below. */
export function LatestOrders({ orders, chosen, onChoose }: Props) {
  return (
    <section className="card" aria-labelledby="orders-title">
      <h2 id="orders-title">Latest orders</h2>
      <ul className="orders">
        {orders.map((order) => (
          <li key={order.number}>
            <button
              type="button"
              aria-pressed={order.number === chosen?.number}
              className="order"
              onClick={() => onChoose(order)}
            >
              <span className="order-who">
                <strong>{order.customer.name}</strong>
                <span className="muted">{order.article}</span>
              </span>
              <span className="order-what">
                <span className="amount">{euros(order.total)}</span>
                <span className={`tag tag-${order.state}`}>{order.state}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
