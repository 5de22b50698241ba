export interface Customer {
  id: string
  name: string
  place: string
  /** `YYYY-MM` of the first order. */
  since: string
}

export interface Order {
  number: number
  customer: Customer
  article: string
  /** In euros. */
  total: number
  state: 'new' | 'packed' | 'sent'
}

const marit = { id: 'c-311', name: 'Marit Solberg', place: 'Bergen, Norway', since: '2023-11' }
const jonas = { id: 'c-287', name: 'Jonas Weber', place: 'Hamburg, Germany', since: '2022-04' }
const ines = { id: 'c-342', name: 'Inès Caron', place: 'Lyon, France', since: '2025-01' }
const tom = { id: 'c-219', name: 'Tom Okafor', place: 'Leeds, United Kingdom', since: '2021-09' }
const lena = { id: 'c-350', name: 'Lena Brandt', place: 'Vienna, Austria', since: '2025-06' }

/** The latest, newest first. */
export const orders: readonly Order[] = [
  { number: 4187, customer: marit, article: 'Driftwood shelf, oak', total: 148, state: 'new' },
  { number: 4186, customer: jonas, article: 'Wool blanket, fog', total: 89, state: 'new' },
  { number: 4185, customer: ines, article: 'Stoneware mugs, set of 4', total: 52, state: 'packed' },
  { number: 4184, customer: tom, article: 'Beeswax candles, 6', total: 27.5, state: 'packed' },
  { number: 4183, customer: lena, article: 'Linen apron, pine', total: 46, state: 'sent' },
]
