import { readSettings } from './settings.ts'
import { startShop } from './start-shop.ts'

const shop = await startShop(readSettings(process.env))
console.log(`The storefront  ${shop.url}/`)
console.log(`The back office ${shop.url}/admin`)
console.log(`The page editor ${shop.url}/editor`)

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, async () => {
    await shop.close()
    process.exit(0)
  })
}
