import type { PlatformApi } from '@plexica/host'
import { articles } from '../shop/articles.ts'
import type { ShopApi } from './shop-api.ts'

/**
 * What this shop answers to plugins: one function for each permission that its `platform.json` names and its pages have
 * an answer to. The host has seen to it that the tenant granted the permission; the server sees to it that the person who
 * has the page open may have the answer. What a plugin sends is checked there as well.
 */
export function createPlatformApi(shop: ShopApi): PlatformApi {
  return {
    'products:read': () => articles,
    'orders:read': (input) => shop.get(`/api/sales?days=${encodeURIComponent(String(recordOf(input).days))}`),
    // A plugin with a backend of its own: the server runs it, and asks no other than the plugin's own.
    'shipping:quote': (input, { pluginId }) => shop.post(`/plugins/${pluginId}/estimate`, input),
  }
}

function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}
