export { ShippingQuotes } from './shipping-quotes.tsx'
