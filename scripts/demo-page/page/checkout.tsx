import { useMemo, useState } from 'react'
import { deliveryCountries } from './delivery.ts'
import { euros } from './money.ts'
import { PluginPlace } from './plugin-place.tsx'

interface Article {
  id: string
  name: string
  note: string
  price: number
  weightGrams: number
}

const articles: Article[] = [
  { id: 'blanket', name: 'Wool blanket', note: 'Fog, 130 × 180 cm', price: 89, weightGrams: 1350 },
  { id: 'mugs', name: 'Stoneware mugs', note: 'Tide, set of 4', price: 52, weightGrams: 1600 },
]

const countryNames = new Intl.DisplayNames('en', { type: 'region' })
const countries = deliveryCountries.map((code) => ({ code, name: countryNames.of(code) ?? code }))

/** What a plugin says that the customer has chosen. Checked, because a plugin says it. */
function readDelivery(value: unknown): { name: string; price: number } | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const { name, price }: { name?: unknown; price?: unknown } = value
  const amount = Number(price)
  return typeof name === 'string' && Number.isFinite(amount) && amount >= 0 ? { name, price: amount } : undefined
}

export function Checkout() {
  const [quantities, setQuantities] = useState<Record<string, number>>({ blanket: 1, mugs: 1 })
  const [country, setCountry] = useState('DE')
  const [postalCode, setPostalCode] = useState('20457')
  const [delivery, setDelivery] = useState<{ name: string; price: number }>()
  const quantityOf = ({ id }: Article) => quantities[id] ?? 0
  const subtotal = articles.reduce((sum, article) => sum + article.price * quantityOf(article), 0)

  const forPlugins = useMemo(
    () => ({
      cart: {
        items: articles
          .map(({ id, weightGrams }) => ({ quantity: quantities[id] ?? 0, weightGrams }))
          .filter(({ quantity }) => quantity > 0),
        subtotal: subtotal.toFixed(2),
        currency: 'EUR',
      },
      destination: { country, postalCode },
      onChooseDelivery: (chosen: unknown) => setDelivery(readDelivery(chosen)),
    }),
    [quantities, subtotal, country, postalCode],
  )

  return (
    <section id="checkout" aria-labelledby="checkout-title">
      <header className="section-head">
        <p className="eyebrow">Shop</p>
        <h1 id="checkout-title">Checkout</h1>
      </header>
      <div className="checkout-grid">
        <div className="card">
          <h2>Your order</h2>
          <ul className="cart">
            {articles.map((article) => (
              <li key={article.id}>
                <Picture article={article.id} />
                <span className="cart-name">
                  <strong>{article.name}</strong>
                  <span className="muted">{article.note}</span>
                </span>
                <label className="cart-quantity">
                  <span className="hidden">Number of {article.name}</span>
                  <input
                    type="number"
                    min={0}
                    max={20}
                    value={quantityOf(article)}
                    onChange={({ target }) => {
                      const quantity = Math.min(20, Math.max(0, Math.trunc(target.valueAsNumber || 0)))
                      setQuantities({ ...quantities, [article.id]: quantity })
                      setDelivery(undefined)
                    }}
                  />
                </label>
                <span className="amount">{euros(article.price * quantityOf(article))}</span>
              </li>
            ))}
          </ul>
          <fieldset className="address">
            <legend>Deliver to</legend>
            <label>
              <span>Country</span>
              <select
                value={country}
                onChange={({ target }) => {
                  setCountry(target.value)
                  setDelivery(undefined)
                }}
              >
                {countries.map(({ code, name }) => (
                  <option key={code} value={code}>
                    {name}
                  </option>
                ))}
              </select>
            </label>
            <label>
              <span>Postal code</span>
              <input
                value={postalCode}
                maxLength={10}
                onChange={({ target }) => {
                  setPostalCode(target.value)
                  setDelivery(undefined)
                }}
              />
            </label>
          </fieldset>
          <dl className="sums">
            <div>
              <dt>Articles</dt>
              <dd>{euros(subtotal)}</dd>
            </div>
            <div>
              <dt>{delivery ? `Delivery, ${delivery.name}` : 'Delivery'}</dt>
              <dd>{delivery ? (delivery.price === 0 ? 'Free' : euros(delivery.price)) : 'not chosen yet'}</dd>
            </div>
            <div className="sum">
              <dt>Total</dt>
              <dd>{euros(subtotal + (delivery?.price ?? 0))}</dd>
            </div>
          </dl>
        </div>
        <PluginPlace name="checkout.sidebar" props={forPlugins} />
      </div>
    </section>
  )
}

function Picture({ article }: { article: string }) {
  return (
    <svg className="picture" viewBox="0 0 56 56" width="56" height="56" aria-hidden="true">
      {article === 'blanket' ? (
        <>
          <rect className="picture-1" x="10" y="14" width="36" height="30" rx="3" />
          <path className="picture-2" d="M10 21h36M10 28h36M10 35h36" />
          <path className="picture-3" d="M14 44v4m7-4v4m7-4v4m7-4v4m7-4v4" />
        </>
      ) : (
        <>
          <path className="picture-3" d="M38 24h4a6 6 0 0 1 0 13h-5" />
          <path className="picture-1" d="M14 18h25v18a8 8 0 0 1-8 8h-9a8 8 0 0 1-8-8z" />
          <path className="picture-2" d="M14 27c4.2 0 4.2 3 8.3 3s4.2-3 8.4-3 4.2 3 8.3 3" />
        </>
      )}
    </svg>
  )
}
