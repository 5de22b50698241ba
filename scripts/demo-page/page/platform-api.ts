import type { PlatformApi } from '../../../packages/host/src/index.ts'
import { quoteDelivery } from './delivery.ts'
import { lastDays, MAX_DAYS } from './sales.ts'

/** What this shop answers to plugins. Their input is checked, as everything that comes from a plugin. */
export const platformApi: PlatformApi = {
  'orders:read': (input) => {
    const { days } = recordOf(input)
    if (typeof days !== 'number' || !Number.isInteger(days) || days < 1 || days > MAX_DAYS) {
      throw new RangeError(`Ask for 1 to ${MAX_DAYS} days.`)
    }
    return soon(lastDays(days, new Date()))
  },
  'shipping:quote': (input) => {
    const { destination, items, subtotal } = recordOf(input)
    const { country, postalCode } = recordOf(destination)
    const grams = Array.isArray(items) ? items.map(recordOf).map(weightOf) : []
    if (typeof country !== 'string' || typeof postalCode !== 'string' || grams.some((weight) => !(weight > 0))) {
      throw new TypeError('Say where the parcel goes and what is in it.')
    }
    return soon(
      quoteDelivery({ country, grams: grams.reduce((sum, weight) => sum + weight, 0), subtotal: Number(subtotal) }),
    )
  },
}

function weightOf({ quantity, weightGrams }: Record<string, unknown>): number {
  return Number(quantity) * Number(weightGrams)
}

function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}

/** As long as a server of the shop would take, so that loading states are seen. */
function soon<T>(answer: T): Promise<T> {
  return new Promise((resolve) => setTimeout(() => resolve(answer), 350))
}
