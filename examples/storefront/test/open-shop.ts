import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type RegistryWithPeople, startRegistryWithPeople } from '../../../packages/cli/test/registry-with-people.ts'
import { launchBrowser } from '../../../packages/host/test/find-browser.ts'
import { examples } from '../../../scripts/example-plugins.ts'
import { freePort } from '../../../scripts/free-port.ts'
import { runProgram } from '../../../scripts/programs.ts'
import { startShop } from '../server/start-shop.ts'

const cli = join(examples, '../packages/cli/bin/plexica.js')

export type OpenShop = Awaited<ReturnType<typeof openShop>>

/** A registry that knows the shop's tokens, the example plugins installed for acme, the shop, and a browser. */
export async function openShop() {
  const dataFolder = await mkdtemp(join(tmpdir(), 'plexica-shop-'))
  const port = await freePort()
  const registry = await startRegistryWithPeople({
    PLEXICA_JWT_ISSUER: `http://127.0.0.1:${port}`,
    PLEXICA_JWT_AUDIENCE: 'plexica',
  })
  await installExample(registry, 'sales-chart', { grantedPermissions: ['orders:read'] })
  await installExample(registry, 'shipping-quotes', {
    grantedPermissions: ['shipping:quote'],
    configuration: { originCountry: 'DE', originPostalCode: '20095', freeFrom: 60 },
  })
  await installExample(registry, 'testimonial-block', {})
  const shop = await startShop({ port, registry: registry.url, tenant: 'acme', dataFolder })
  const browser = await launchBrowser()
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  context.setDefaultTimeout(10_000)
  /** What the browser complains about: refused scripts and styles, exceptions, failed requests. */
  const complaints: string[] = []

  return {
    url: shop.url,
    registry,
    complaints,
    async open(path: string) {
      const page = await context.newPage()
      page.on('pageerror', ({ message }) => complaints.push(message))
      page.on('console', (message) => {
        if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
      })
      await page.goto(shop.url + path)
      return page
    },
    async close() {
      await browser.close()
      await shop.close()
      await registry.stop()
      await rm(dataFolder, { recursive: true, force: true })
    },
  }
}

async function installExample(
  { url, root, ann, ada }: RegistryWithPeople,
  name: string,
  body: { grantedPermissions?: string[]; configuration?: Record<string, unknown> },
): Promise<void> {
  const { stdout } = await runProgram([cli, 'publish', join(examples, name), '--skip-tests', '--json'], {
    env: { ...process.env, PLEXICA_API_URL: url, PLEXICA_API_KEY: ann.key },
  })
  const { id: pluginId, version, digest } = JSON.parse(stdout)
  await root.client.approveVersion({ params: { pluginId }, body: { version, digest } })
  await ada.client.installPlugin({ params: { tenantId: 'acme', pluginId }, body })
}
