// A registry worth looking at: plugins of several kinds, people who rate them, a tenant that uses some, and a queue.
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Client, createClient, type Role } from '../../packages/api/src/index.ts'
import { inChunks } from '../../packages/inspect/test/build-archive.ts'
import { goodFiles, goodPackage } from '../../packages/inspect/test/build-package.ts'
import type { Manifest } from '../../packages/manifest-schema/src/index.ts'
import { runProgram, startProgram } from '../programs.ts'

const root = join(import.meta.dirname, '../..')
const program = join(root, 'packages/registry/bin/plexica-registry.cjs')
const cli = join(root, 'packages/cli/bin/plexica.js')
const examples = join(root, 'examples')

export interface Person {
  readonly key: string
  readonly client: Client
}

type Shown = Pick<Manifest, 'id' | 'name' | 'description' | 'category' | 'tags'> & {
  /** Of its icon's colour, 0 to 359. */
  hue: number
  /** From the examples. */
  picture: string
  stars: number[]
}

const shown: readonly Shown[] = [
  {
    id: 'order-map',
    name: 'Order Map',
    description: 'Shows on a map where today’s orders go, and which of them are late.',
    category: 'shipping',
    tags: ['orders', 'map'],
    hue: 205,
    picture: 'shipping-quotes/assets/checkout.png',
    stars: [5, 4, 5],
  },
  {
    id: 'cash-forecast',
    name: 'Cash Forecast',
    description: 'Thirteen weeks of income and expenses ahead, from invoices that are open now.',
    category: 'finance',
    tags: ['forecast', 'invoices'],
    hue: 150,
    picture: 'sales-chart/assets/month.png',
    stars: [4, 4, 3],
  },
  {
    id: 'stock-alerts',
    name: 'Stock Alerts',
    description: 'Says in time what will be sold out, by how fast it sold in the last weeks.',
    category: 'commerce',
    tags: ['stock', 'alerts'],
    hue: 28,
    picture: 'sales-chart/assets/table.png',
    stars: [5, 5, 5],
  },
  {
    id: 'review-garden',
    name: 'Review Garden',
    description: 'Collects what customers say after a delivery and shows the best of it on product pages.',
    category: 'marketing',
    tags: ['reviews', 'widgets'],
    hue: 320,
    picture: 'testimonial-block/assets/wall.png',
    stars: [4, 5],
  },
  {
    id: 'quiet-hours',
    name: 'Quiet Hours',
    description: 'Holds messages back at night and sends them when the people they are for are awake.',
    category: 'communication',
    tags: ['messages'],
    hue: 262,
    picture: 'testimonial-block/assets/single.png',
    stars: [3],
  },
  {
    id: 'two-step-desk',
    name: 'Two-step Desk',
    description: 'Asks for a second factor before refunds, exports and other things that cannot be undone.',
    category: 'security',
    tags: ['security', 'refunds'],
    hue: 5,
    picture: 'shipping-quotes/assets/address-dark.png',
    stars: [5, 4],
  },
]

export type Showcase = Awaited<ReturnType<typeof openShowcase>>

/** Starts it with the pages as they were built; everything goes through the registry's front door. */
export async function openShowcase() {
  const folder = await mkdtemp(join(tmpdir(), 'plexica-showcase-'))
  const env = {
    ...process.env,
    PLEXICA_DATABASE_URL: `sqlite:${join(folder, 'plexica.db')}`,
    PLEXICA_STORAGE_URL: `file:${join(folder, 'blobs')}`,
    PLEXICA_PLATFORM_FILE: join(root, 'examples/platform.json'),
    PLEXICA_SECRET_KEY: Buffer.alloc(32, 7).toString('base64'),
    PLEXICA_PORT: '0',
    PLEXICA_LOG_LEVEL: 'info',
  }
  const registry = await startProgram([program, 'start'], { env, ready: /"url":"([^"]+)"/ })
  const url = registry.match[1] as string
  const stop = async () => {
    await registry.stop()
    await rm(folder, { recursive: true, force: true })
  }
  try {
    const people = await seedPeople(url, env)
    await fill(people, url, env)
    return { url, ...people, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function seedPeople(url: string, env: NodeJS.ProcessEnv) {
  const { stdout } = await runProgram([program, 'seed', '--json'], { env })
  const { keys }: { keys: { role: Role; key: string }[] } = JSON.parse(stdout)
  const person = (role: Role): Person => {
    const key = keys.find((one) => one.role === role)?.key ?? ''
    return { key, client: createClient({ url, token: key }) }
  }
  const root = person('super-admin')
  const tenantUser = async (subject: string, tenantId: string) => {
    const { key } = await root.client.createKey({ body: { subject, role: 'tenant-admin', tenantId } })
    return { key, client: createClient({ url, token: key }) }
  }
  return {
    root,
    publisher: person('publisher'),
    admin: person('tenant-admin'),
    raters: await Promise.all(['mia', 'noah', 'olga'].map((subject) => tenantUser(subject, 'globex'))),
  }
}

type People = Awaited<ReturnType<typeof seedPeople>>

async function fill({ root, publisher, admin, raters }: People, url: string, env: NodeJS.ProcessEnv): Promise<void> {
  for (const example of ['sales-chart', 'shipping-quotes', 'testimonial-block']) {
    const given = ['publish', join(examples, example), '--api-url', url, '--json']
    const { stdout } = await runProgram([cli, ...given], { env: { ...env, PLEXICA_API_KEY: publisher.key } })
    const { version, digest } = JSON.parse(stdout)
    await root.client.approveVersion({ params: { pluginId: example }, body: { version, digest } })
  }
  for (const one of shown) {
    await publish(publisher, root, one, '1.0.0')
    await raters[0]?.client.installPlugin({
      params: { tenantId: 'globex', pluginId: one.id },
      body: { grantedPermissions: ['orders:read'], configuration: { shop: 'Globex' } },
    })
    for (const [index, stars] of one.stars.entries()) {
      const review = reviews[(stars + index) % reviews.length] ?? ''
      await raters[index]?.client.ratePlugin({ params: { pluginId: one.id }, body: { stars, review } })
    }
  }
  const acme = (pluginId: string) => ({ tenantId: 'acme', pluginId })
  for (const pluginId of ['order-map', 'stock-alerts', 'review-garden']) {
    const body = { grantedPermissions: ['orders:read'], configuration: { shop: 'Acme Outfitters' } }
    await admin.client.installPlugin({ params: acme(pluginId), body })
  }
  await admin.client.disablePlugin({ params: acme('review-garden') })
  await tryOut(admin, 'order-map')
  const [map, , alerts, garden] = shown as [Shown, Shown, Shown, Shown]
  await publish(publisher, root, map, '1.1.0')
  await submit(publisher, { ...alerts, network: ['api.example.com', 'stock.example.net'] }, '2.0.0')
  await submit(publisher, garden, '1.0.1')
  const [rating] = (await root.client.listRatings({ params: { pluginId: 'cash-forecast' } })).ratings
  if (rating) {
    await admin.client.reportRating({
      params: { pluginId: 'cash-forecast', ratingId: rating.id },
      body: { reason: 'off-topic' },
    })
  }
}

/** A second configuration of a plugin, and what pages have told of both. */
async function tryOut(admin: Person, pluginId: string): Promise<void> {
  const params = { tenantId: 'acme', pluginId }
  await admin.client.setExperiment({ params, body: { configuration: { shop: 'Acme Harbour' }, share: 25 } })
  const common = { pluginId, version: '1.0.0' }
  const errors = [{ code: 'render_failed', component: 'GreetingCard', message: 'Cannot read the total of no order.' }]
  await admin.client.reportTelemetry({
    params,
    body: {
      reports: [
        { ...common, variant: 'a', loads: [84, 91, 120, 210, 388], renders: [3, 4, 4, 6, 9, 22] },
        { ...common, variant: 'b', loads: [80, 97, 140], renders: [2, 3, 5, 31], errors },
      ],
    },
  })
}

const reviews = [
  'Ten minutes to set up. We have not thought about it since, which is **praise**.',
  'Good, and getting better: the last version answered two of our three wishes.',
  'Our team lives in it. First thing that is opened in the morning; the export could be faster.',
]

async function publish(publisher: Person, root: Person, about: Shown, version: string): Promise<void> {
  const { id: pluginId, digest } = await submit(publisher, about, version)
  await root.client.approveVersion({ params: { pluginId }, body: { version, digest } })
}

async function submit(
  publisher: Person,
  { hue, picture, stars: _, ...about }: Shown & Partial<Manifest>,
  version: string,
) {
  const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" width="64" height="64"><title>${about.name}</title><rect width="64" height="64" rx="14" fill="hsl(${hue} 55% 38%)"/><path d="M18 44V30m14 14V18m14 26V36" fill="none" stroke="#fff" stroke-width="7" stroke-linecap="round"/></svg>`
  const body = goodPackage({
    manifest: { ...about, version, screenshots: [{ path: 'assets/card.png', alt: `${about.name} at work` }] },
    files: {
      'assets/icon.svg': icon,
      'assets/card.png': readFileSync(join(examples, picture)),
      'README.md': goodFiles()['README.md']?.toString().replaceAll('Greeting card', about.name) ?? '',
      'CHANGELOG.md': `# Changelog\n\n## ${version}\n\n- Numbers of this week stand beside those of the week before.\n- Opens twice as fast with many orders.\n`,
    },
  })
  return publisher.client.publishPlugin({ body: inChunks(body) })
}
