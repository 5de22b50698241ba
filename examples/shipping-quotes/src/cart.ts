import type { Item, QuoteRequest } from './quote-request.ts'

/** What the checkout hands to its side bar, beside `plexica`. */
export interface CheckoutProps {
  cart?: Cart
  /** As far as the customer has typed it. */
  destination?: Destination
  /** Called with the id, name and price of the delivery that the customer chose. */
  onChooseDelivery?: (delivery: { id: string; name: string; price: string; currency: string }) => void
}

export interface Cart {
  items: Item[]
  /** In units of the currency: `"49.90"`. */
  subtotal: string
  currency: string
}

export interface Destination {
  country: string
  postalCode: string
}

/** The request for this cart and address, or `undefined` while something is missing. */
export function questionOf(cart: Cart | undefined, destination: Destination): QuoteRequest | undefined {
  const postalCode = destination.postalCode.trim()
  if (!cart || cart.items.length === 0 || destination.country === '' || postalCode.length < 2) return undefined
  return {
    destination: { country: destination.country, postalCode },
    items: cart.items.map(({ quantity, weightGrams, size }) => ({ quantity, weightGrams, ...(size && { size }) })),
    subtotal: cart.subtotal,
    currency: cart.currency,
  }
}
