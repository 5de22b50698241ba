import { mkdir } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { createBackends } from '@plexica/host/node'
import express from 'express'
import { answerApi } from './answer-api.ts'
import { answerPages } from './answer-pages.ts'
import { answerPlugins } from './answer-plugins.ts'
import { buildPages } from './build-pages.ts'
import { openPageStore } from './page-store.ts'
import type { ShopSettings } from './settings.ts'
import { answerIssuer, openTokens } from './tokens.ts'

export interface Shop {
  /** Without a `/` at its end. */
  url: string
  close(): Promise<void>
}

/** Builds the pages and serves the shop, on this machine only. */
export async function startShop({ port, registry, tenant, dataFolder }: ShopSettings): Promise<Shop> {
  await mkdir(dataFolder, { recursive: true })
  const [built, pages] = await Promise.all([buildPages(), openPageStore(join(dataFolder, 'page.json'))])

  const app = express()
  app.disable('x-powered-by')
  const server = app.listen(port, '127.0.0.1')
  await new Promise<void>((resolve, reject) => {
    server.once('listening', resolve).once('error', reject)
  })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const tokens = await openTokens(join(dataFolder, 'signing-key.json'), { issuer: url, tenant })

  app.use(answerIssuer(tokens))
  // From here on the registry can check our tokens, also the one that the shop gives itself.
  const backends = createBackends({
    registry,
    tenant,
    token: () => tokens.give({ name: 'shop', staff: false }),
    log: ({ pluginId, level, text }) => console.error(`${pluginId} ${level}: ${text}`),
  })
  // A registry that is away is asked again, and said in the log.
  await backends.refresh().catch(() => {})
  app.use('/api', answerApi({ tokens, pages }))
  app.use(answerPlugins(backends, tokens))
  app.use(answerPages(built, { registry, tenant, tokens }))

  return {
    url,
    async close() {
      await backends.stop()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
