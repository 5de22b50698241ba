import { join, resolve } from 'node:path'

/** What the shop has to know to start. */
export interface ShopSettings {
  /** Port on this machine; 0 takes a free one. */
  port: number
  /** Address of the registry. */
  registry: string
  /** Which of the registry's tenants this shop is. */
  tenant: string
  /** Where the page that people write in the editor and the key that signs tokens are kept. */
  dataFolder: string
}

/** The settings by environment: `SHOP_PORT`, `SHOP_REGISTRY`, `SHOP_TENANT`, `SHOP_DATA`. */
export function readSettings(env: NodeJS.ProcessEnv): ShopSettings {
  return {
    port: Number(env.SHOP_PORT ?? 4100),
    registry: new URL(env.SHOP_REGISTRY ?? 'http://127.0.0.1:4873').origin,
    tenant: env.SHOP_TENANT ?? 'acme',
    dataFolder: resolve(env.SHOP_DATA ?? join(import.meta.dirname, '../data')),
  }
}
