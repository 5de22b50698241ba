import { euros } from './money.ts'
import { PluginPlace } from './plugin-place.tsx'

const orders = [
  { number: 4187, name: 'Marit Solberg', article: 'Driftwood shelf, oak', total: 148, state: 'new' },
  { number: 4186, name: 'Jonas Weber', article: 'Wool blanket, fog', total: 89, state: 'new' },
  { number: 4185, name: 'Inès Caron', article: 'Stoneware mugs, set of 4', total: 52, state: 'packed' },
  { number: 4184, name: 'Tom Okafor', article: 'Beeswax candles, 6', total: 27.5, state: 'packed' },
  { number: 4183, name: 'Lena Brandt', article: 'Linen apron, pine', total: 46, state: 'sent' },
] as const

export function Dashboard() {
  return (
    <section id="dashboard" aria-labelledby="dashboard-title">
      <header className="section-head">
        <p className="eyebrow">Back office</p>
        <h1 id="dashboard-title">Fair winds this week</h1>
      </header>
      <div className="dashboard-grid">
        <PluginPlace name="dashboard.widgets" />
        <div className="card">
          <h2>Latest orders</h2>
          <ul className="orders">
            {orders.map(({ number, name, article, total, state }) => (
              <li key={number}>
                <span className="order-who">
                  <strong>{name}</strong>
                  <span className="muted">{article}</span>
                </span>
                <span className="order-what">
                  <span className="amount">{euros(total)}</span>
                  <span className={`tag tag-${state}`}>{state}</span>
                </span>
              </li>
            ))}
          </ul>
        </div>
      </div>
    </section>
  )
}
