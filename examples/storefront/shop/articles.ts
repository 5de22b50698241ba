export interface Article {
  id: string
  name: string
  note: string
  /** In euros. */
  price: number
  weightGrams: number
}

/** What the shop sells. */
export const articles: readonly Article[] = [
  { id: 'blanket', name: 'Wool blanket', note: 'Fog, 130 × 180 cm', price: 89, weightGrams: 1350 },
  { id: 'mugs', name: 'Stoneware mugs', note: 'Tide, set of 4', price: 52, weightGrams: 1600 },
  { id: 'shelf', name: 'Driftwood shelf', note: 'Oak, 80 cm', price: 148, weightGrams: 5200 },
  { id: 'candles', name: 'Beeswax candles', note: 'Amber, set of 6', price: 27.5, weightGrams: 720 },
]
