import { useMemo, useState } from 'react'
import { type Article, articles } from '../../shop/articles.ts'
import { ArticlePicture } from '../article-picture.tsx'
import { mostOfOne, useBasket } from '../basket.tsx'
import { euros } from '../money.ts'
import { PluginPlace } from '../plugin-place.tsx'

const countryNames = new Intl.DisplayNames('en', { type: 'region' })
const countries = ['DE', 'AT', 'CH', 'FR', 'NL', 'GB', 'US', 'JP'].map((code) => ({
  code,
  name: countryNames.of(code) ?? code,
}))

interface Delivery {
  name: string
  /** In euros. */
  price: number
}

/** What a plugin says that the customer has chosen. Checked, because a plugin says it. */
function readDelivery(value: unknown): Delivery | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const { name, price }: { name?: unknown; price?: unknown } = value
  const amount = Number(price)
  return typeof name === 'string' && Number.isFinite(amount) && amount >= 0 ? { name, price: amount } : undefined
}

export function Checkout() {
  const { quantities, set } = useBasket()
  const [country, setCountry] = useState('DE')
  const [postalCode, setPostalCode] = useState('20457')
  const [choice, setChoice] = useState<{ order: object; delivery: Delivery | undefined }>()
  const quantityOf = ({ id }: Article) => quantities[id] ?? 0
  const inBasket = articles.filter((article) => article.id in quantities)
  const subtotal = articles.reduce((sum, article) => sum + article.price * quantityOf(article), 0)

  const order = useMemo(
    () => ({
      cart: {
        items: articles
          .map(({ id, weightGrams }) => ({ quantity: quantities[id] ?? 0, weightGrams }))
          .filter(({ quantity }) => quantity > 0),
        subtotal: subtotal.toFixed(2),
        currency: 'EUR',
      },
      destination: { country, postalCode },
    }),
    [quantities, subtotal, country, postalCode],
  )
  const forPlugins = useMemo(
    () => ({ ...order, onChooseDelivery: (chosen: unknown) => setChoice({ order, delivery: readDelivery(chosen) }) }),
    [order],
  )
  // What was chosen for another basket or another address counts no more.
  const delivery = choice?.order === order ? choice.delivery : undefined

  return (
    <section id="checkout" aria-labelledby="checkout-title">
      <header className="section-head">
        <p className="eyebrow">Nearly yours</p>
        <h2 id="checkout-title">Checkout</h2>
      </header>
      <div className="checkout-grid">
        <div className="card">
          <h3>Your basket</h3>
          {inBasket.length === 0 && <p className="muted">Nothing yet. Add something from above.</p>}
          <ul className="cart">
            {inBasket.map((article) => (
              <li key={article.id}>
                <ArticlePicture article={article.id} size={56} />
                <span className="cart-name">
                  <strong>{article.name}</strong>
                  <span className="muted">{article.note}</span>
                </span>
                <label className="cart-quantity">
                  <span className="hidden">Number of {article.name}</span>
                  <input
                    type="number"
                    min={0}
                    max={mostOfOne}
                    value={quantityOf(article)}
                    onChange={({ target }) => set(article.id, target.valueAsNumber)}
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
              <select value={country} onChange={({ target }) => setCountry(target.value)}>
                {countries.map(({ code, name }) => (
                  <option key={code} value={code}>
                    {name}
                  </option>
                ))}
              </select>
            </label>
            <label>
              <span>Postal code</span>
              <input value={postalCode} maxLength={10} onChange={({ target }) => setPostalCode(target.value)} />
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
