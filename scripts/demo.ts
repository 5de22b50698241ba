// `npm run demo`: a registry in a fresh folder with every example published, approved and installed, and a shop whose
// pages show them working. Stays until Ctrl-C; with `--once` it checks each result, also what a browser shows, and ends
// with status 0, or with 1 at the first that is not as it should be.
import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient, type Installation, type PublishAnswer, type Role } from '../packages/api/src/index.ts'
import { askShop } from './demo/ask-shop.ts'
import { checkPages } from './demo/check-pages.ts'
import { examplePlugins, examples } from './example-plugins.ts'
import { freePort } from './free-port.ts'
import { runProgram, startProgram } from './programs.ts'

const root = join(import.meta.dirname, '..')
const cli = join(root, 'packages/cli/bin/plexica.js')
const registryProgram = join(root, 'packages/registry/bin/plexica-registry.cjs')
const shopProgram = join(examples, 'storefront/server/main.ts')
const once = process.argv.includes('--once')

/** What a tenant fills in for the examples that ask for it. The secret is a made-up one. */
const configurations: Record<string, object> = {
  'shipping-quotes': {
    carrierApiKey: 'demo-carrier-key',
    originCountry: 'DE',
    originPostalCode: '20095',
    freeFrom: 60,
  },
}

const people = {
  'super-admin': 'super-admin',
  publisher: 'developer',
  'tenant-admin': 'tenant admin',
  'tenant-user': 'tenant user',
} as const satisfies Record<Role, string>
type PersonName = (typeof people)[Role]

const shopPort = await freePort()
const folder = await mkdtemp(join(tmpdir(), 'plexica-demo-'))
const env = {
  ...process.env,
  PLEXICA_DATABASE_URL: `sqlite:${join(folder, 'plexica.db')}`,
  PLEXICA_STORAGE_URL: `file:${join(folder, 'blobs')}`,
  PLEXICA_PLATFORM_FILE: join(root, 'examples/platform.json'),
  PLEXICA_SECRET_KEY: createHash('sha256').update(folder).digest('base64'),
  PLEXICA_LOG_LEVEL: 'info',
  PLEXICA_PORT: process.env.PLEXICA_PORT ?? '0',
  // The shop signs tokens for the people who have its pages open.
  PLEXICA_JWT_ISSUER: `http://127.0.0.1:${shopPort}`,
  PLEXICA_JWT_AUDIENCE: 'plexica',
  // The demo's people and nobody else: what the person at this terminal is logged in to stays out of it.
  XDG_CONFIG_HOME: join(folder, 'config'),
}
const tenant = 'acme'
const keys = {} as Record<PersonName, string>
const closing: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })]

process.on('SIGINT', () => void end(once ? 1 : 0))
process.on('SIGTERM', () => void end(1))
// Whoever read the output has gone: nothing started here may outlive that.
process.stdout.on('error', () => void end(1))

try {
  await demo()
  if (once) await end(0)
} catch (error) {
  console.error(`\n✗ ${error instanceof Error ? error.message : error}`)
  await end(1)
}

async function demo(): Promise<void> {
  console.log('Plexica demo: one plugin after the other, from its source to a tenant’s page\n')
  await step('build the marketplace’s pages', async () => {
    await runProgram([join(root, 'packages/web/scripts/build.ts')], { env })
    return { value: undefined, note: 'packages/web/dist' }
  })
  const registry = await step('start the registry on SQLite and disk', async () => {
    const started = await startProgram([registryProgram, 'start'], { env, ready: /(https?:\/\/[\w.:[\]]+)/ })
    closing.push(started.stop)
    return { value: started.match[1] as string, note: started.match[1] as string }
  })
  await step('make tenants and a key per person', async () => {
    const { stdout } = await runProgram([registryProgram, 'seed', '--json'], { env })
    const seeded: { keys: { role: Role; key: string }[] } = JSON.parse(stdout)
    for (const { role, key } of seeded.keys) keys[people[role]] = key
    return { value: undefined, note: Object.values(people).join(', ') }
  })

  const plugins = examplePlugins()
  for (const name of plugins) {
    const published = await step(`publish ${name}`, async () => {
      const answer = await plexica<PublishAnswer>('developer', ['publish', join(examples, name)])
      expect(answer.status === 'pending_review', `${name} should wait for review, but is ${answer.status}`)
      return { value: answer, note: `${answer.version}  ${short(answer.digest)}  submitted` }
    })
    await step(`approve ${name}`, async () => {
      await plexica('super-admin', ['review', 'approve', published.submission as string])
      const { state, digest } = await client('developer').getVersion({
        params: { pluginId: published.id, version: published.version },
      })
      expect(
        state === 'published' && digest === published.digest,
        `${name} should be published with ${published.digest}`,
      )
      return { value: undefined, note: `${short(digest)} is served from now on` }
    })
    await step(`install ${name} for ${tenant}`, async () => {
      const config = join(folder, `${name}.json`)
      await writeFile(config, JSON.stringify(configurations[name] ?? {}), { mode: 0o600 })
      await plexica('tenant admin', ['install', published.id, '--tenant', tenant, '--grant-all', '--config', config])
      const { installations } = await client('tenant user').listInstallations({
        params: { tenantId: tenant },
        query: {},
      })
      const installed = installations.find(({ pluginId }) => pluginId === published.id)
      expect(installed?.enabled, `${name} should be installed and enabled`)
      return {
        value: undefined,
        note: `enabled; ${await checkBundle(installed)} of its scripts fetched and equal to their hashes`,
      }
    })
  }

  await step('open the marketplace', async () => {
    const answer = await fetch(registry, { headers: { accept: 'text/html' } })
    expect(answer.ok && (await answer.text()).includes('<div id="root">'), 'the registry should serve its pages')
    return { value: undefined, note: registry }
  })
  const shop = await step('start the shop', async () => {
    const shopEnv = {
      ...process.env,
      SHOP_PORT: String(shopPort),
      SHOP_REGISTRY: registry,
      SHOP_TENANT: tenant,
      SHOP_DATA: join(folder, 'shop'),
    }
    const started = await startProgram([shopProgram], { env: shopEnv, ready: /storefront\s+(http\S+)\// })
    closing.push(started.stop)
    return { value: started.match[1] as string, note: started.match[1] as string }
  })
  await step('ask the backend of shipping-quotes', async () => {
    const answer = await askShop(shop, 'storefront', '/plugins/shipping-quotes/estimate', {
      destination: { country: 'DE', postalCode: '20457' },
      items: [{ quantity: 1, weightGrams: 1350 }],
      subtotal: '48.00',
      currency: 'EUR',
    })
    const { quotes = [] }: { quotes?: { name: string; price: string }[] } = Object(answer)
    expect(quotes.length > 0, `it should quote prices, but answers ${JSON.stringify(answer)}`)
    return { value: undefined, note: quotes.map(({ name, price }) => `${name} €${price}`).join(', ') }
  })
  if (once) {
    const check = (title: string, run: () => Promise<string>) =>
      step(title, async () => ({ value: undefined, note: await run() }))
    await checkPages({ registry, shop, tenant, adminKey: keys['tenant admin'], check })
    console.log(`\n✓ ${plugins.length} plugins went from source to the pages of ${tenant}`)
    return
  }

  const width = Math.max(...Object.keys(keys).map((name) => name.length))
  console.log(
    `\nLook here\n  the marketplace    ${registry}\n  the interface      ${registry}/api/reference\n` +
      `  the storefront     ${shop}/\n  the back office    ${shop}/admin\n  the page editor    ${shop}/editor`,
  )
  console.log('\nA key per person, to sign in with')
  for (const [name, key] of Object.entries(keys)) console.log(`  ${name.padEnd(width)}  ${key}`)
  console.log(`\nTry it\n  export PLEXICA_API_URL=${registry} PLEXICA_API_KEY=${keys['super-admin']}`)
  console.log('  pnpm plexica review list\n\nCtrl-C ends it.')

  /** Fetches every script of an installed bundle as a page would, and compares it with its integrity value. */
  async function checkBundle(installed: Installation | undefined): Promise<number> {
    const files = installed?.bundle?.files ?? []
    for (const { url, integrity } of files) {
      const bytes = Buffer.from(await (await fetch(url)).arrayBuffer())
      const algorithm = integrity.split('-')[0] as string
      const actual = `${algorithm}-${createHash(algorithm).update(bytes).digest('base64')}`
      expect(actual === integrity, `${url} should be ${integrity}, but is ${actual}`)
    }
    return files.length
  }

  function client(person: PersonName) {
    return createClient({ url: registry, token: keys[person] })
  }

  /** Runs the command line as a child process and reads the one object that it prints. */
  async function plexica<Answer>(person: PersonName, args: string[]): Promise<Answer> {
    const asPerson = { ...env, PLEXICA_API_URL: registry, PLEXICA_API_KEY: keys[person] }
    const { stdout } = await runProgram([cli, ...args, '--json'], { env: asPerson })
    return JSON.parse(stdout)
  }
}

async function step<Value>(title: string, run: () => Promise<{ value: Value; note: string }>): Promise<Value> {
  const started = performance.now()
  const waiting = process.stdout.isTTY ? `  ${title} …` : ''
  process.stdout.write(waiting)
  try {
    const { value, note } = await run()
    const seconds = ((performance.now() - started) / 1000).toFixed(1)
    clearLine(waiting)
    console.log(`✓ ${title.padEnd(40)} ${seconds.padStart(5)} s   ${note}`)
    return value
  } catch (error) {
    clearLine(waiting)
    throw new Error(`${title} failed.\n${error instanceof Error ? error.message : error}`, { cause: error })
  }
}

function clearLine(waiting: string): void {
  if (waiting) process.stdout.write('\r\x1b[2K')
}

function expect(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(message)
}

function short(digest: string): string {
  return digest.slice(0, 19)
}

/** Closes what was opened, last first, and ends. */
async function end(status: number): Promise<never> {
  for (const close of closing.splice(0).reverse()) await close()
  process.exit(status)
}
