import { useId, useMemo, useState } from 'react'
import { type CheckoutProps, type Destination, questionOf } from './cart.ts'
import { countryName, noticeWords, priceInWords, timeInWords } from './delivery-format.ts'
import type { PluginApi } from './plexica.ts'
import type { Quote, QuoteAnswer } from './quote-answer.ts'
import { readSettings } from './settings.ts'
import { styles } from './styles.ts'
import { type QuotesState, useQuotes } from './use-quotes.ts'

/** Delivery prices and times beside the order summary. For the extension point `checkout.sidebar`. */
export function ShippingQuotes({
  plexica,
  cart,
  destination,
  onChooseDelivery,
}: CheckoutProps & { plexica: PluginApi }) {
  const { countries, originCountry } = useMemo(() => readSettings(plexica.configuration), [plexica.configuration])
  const home = countries.includes(originCountry) ? originCountry : (countries[0] ?? originCountry)
  // What the customer types here counts until the checkout knows the address itself.
  const [typed, type] = useState<Destination>({ country: home, postalCode: '' })
  const [attempt, setAttempt] = useState(0)
  const address = destination?.postalCode ? destination : typed
  const question = questionOf(cart, address)
  const state = useQuotes(plexica.request, question && JSON.stringify(question), attempt)
  const heading = useId()

  return (
    <section className="shipping-quotes" aria-labelledby={heading}>
      <style href="shipping-quotes" precedence="plugin">
        {styles}
      </style>
      <h2 id={heading}>Delivery</h2>
      {destination?.postalCode ? (
        <p className="shipping-quotes-muted">
          To {destination.postalCode}, {countryName(destination.country)}
        </p>
      ) : (
        <AddressForm countries={countries} address={typed} onChange={type} />
      )}
      <div aria-live="polite">
        {cart && cart.items.length > 0 ? (
          <Answer
            state={state}
            onRetry={() => setAttempt((count) => count + 1)}
            onChoose={({ id, name, price, currency }) => onChooseDelivery?.({ id, name, price, currency })}
          />
        ) : (
          <p className="shipping-quotes-muted">Your cart is empty.</p>
        )}
      </div>
    </section>
  )
}

interface AddressProps {
  countries: readonly string[]
  address: Destination
  onChange(address: Destination): void
}

/** Sent with the button or Enter, not with every letter. */
function AddressForm({ countries, address, onChange }: AddressProps) {
  const [draft, setDraft] = useState(address)
  const sorted = useMemo(
    () => countries.map((code) => ({ code, name: countryName(code) })).sort((a, b) => a.name.localeCompare(b.name)),
    [countries],
  )
  return (
    <form
      className="shipping-quotes-form"
      onSubmit={(event) => {
        event.preventDefault()
        onChange(draft)
      }}
    >
      <label>
        <span>Country</span>
        <select
          value={draft.country}
          autoComplete="country"
          onChange={(event) => setDraft({ ...draft, country: event.target.value })}
        >
          {sorted.map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span>Postal code</span>
        <input
          value={draft.postalCode}
          required
          minLength={2}
          maxLength={10}
          autoComplete="postal-code"
          onChange={(event) => setDraft({ ...draft, postalCode: event.target.value })}
        />
      </label>
      <button type="submit">Show prices</button>
    </form>
  )
}

interface AnswerProps {
  state: QuotesState
  onRetry(): void
  onChoose(quote: Quote): void
}

function Answer({ state, onRetry, onChoose }: AnswerProps) {
  switch (state.status) {
    case 'waiting':
      return <p className="shipping-quotes-muted">Enter your postal code to see prices and delivery times.</p>
    case 'loading':
      return (
        <div className="shipping-quotes-skeleton">
          <span className="shipping-quotes-hidden">Asking for prices…</span>
          <div />
          <div />
        </div>
      )
    case 'failed':
      return (
        <div className="shipping-quotes-failed">
          <strong>The delivery prices could not be loaded</strong>
          {state.reason && <p className="shipping-quotes-muted">{state.reason}</p>}
          <button type="button" onClick={onRetry}>
            Try again
          </button>
        </div>
      )
    case 'answered':
      return <Quotes answer={state.answer} onChoose={onChoose} />
  }
}

function Quotes({
  answer,
  onChoose,
}: {
  answer: Extract<QuoteAnswer, { quotes: unknown }>
  onChoose(quote: Quote): void
}) {
  const [chosen, choose] = useState('')
  const name = useId()
  const { quotes, notice, missingForFree } = answer
  const currency = quotes[0]?.currency
  return (
    <>
      {notice && <p className="shipping-quotes-notice">{noticeWords[notice]}</p>}
      {quotes.length > 0 && (
        <fieldset className="shipping-quotes-list">
          <legend className="shipping-quotes-hidden">Choose a delivery</legend>
          {quotes.map((quote) => (
            <label key={quote.id}>
              <input
                type="radio"
                name={name}
                checked={quote.id === chosen}
                onChange={() => {
                  choose(quote.id)
                  onChoose(quote)
                }}
              />
              <span className="shipping-quotes-service">
                <strong>{quote.name}</strong>
                <span className="shipping-quotes-muted">{timeInWords(quote)}</span>
              </span>
              <span className="shipping-quotes-price">{priceInWords(quote.price, quote.currency)}</span>
            </label>
          ))}
        </fieldset>
      )}
      {missingForFree && currency && (
        <p className="shipping-quotes-free">
          Add {priceInWords(missingForFree, currency)} more and standard delivery is free.
        </p>
      )}
    </>
  )
}
