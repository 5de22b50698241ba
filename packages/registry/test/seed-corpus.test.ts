import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { createClient } from '@plexica/api'
import { inspectPackage } from '@plexica/inspect'
import { describe, expect, test } from 'vitest'
import { freshSettings, runRegistry, startProcess } from './run-registry.ts'

const record = (more: object) => ({
  id: 'quick-chart',
  name: 'quick-chart',
  description: 'Draws charts of sales by the month.',
  category: 'charts',
  tags: ['chart', 'not a tag'],
  versions: ['0.9.0', '2.4.1'],
  downloads: 3_000_000_000,
  rating: 4.5,
  ...more,
})

const records = [
  record({}),
  record({ id: '@acme/Quick.Chart', name: '@acme/Quick.Chart', downloads: 5, rating: undefined }),
  // Reads like the first one.
  record({ id: 'quickchart', name: 'quickchart', category: 'content' }),
  record({ id: 'search', name: 'search', category: 'ui' }),
  record({ id: 'short', name: 'short', description: '' }),
]
const broken = ['{"id":', '[]', JSON.stringify(record({ id: '!' })), JSON.stringify(record({ category: 'none' }))]
const many = Array.from({ length: 120 }, (_, index) => record({ id: `many-${index}`, name: `many-${index}` }))
/** Records, broken lines and empty ones between each other. */
const lines = [
  JSON.stringify(records[0]),
  ...broken,
  '',
  ...[...records.slice(1), ...many].map((one) => JSON.stringify(one)),
  `{"id":"${'x'.repeat(2_000_000)}"}`,
  JSON.stringify(record({ id: 'last', name: 'last', versions: ['1'] })),
  JSON.stringify(record({ id: 'last', name: 'last', rating: 6 })),
  JSON.stringify(record({ id: 'last', name: 'last' })),
]
const added = records.length + many.length + 1

describe('seed --from', () => {
  test('makes plugins, names broken lines and goes on, and does nothing twice', async () => {
    const { folder, env } = await freshSettings()
    const file = join(folder, 'corpus.jsonl.gz')
    await writeFile(file, gzipSync(lines.join('\n')))
    const first = await runRegistry(['seed', '--from', file, '--json'], env)
    expect(JSON.parse(first.stdout)).toEqual({ lines: lines.length, added, present: 0, broken: 7 })
    expect(first.code).toBe(1)
    const places = first.stderr.split('\n').flatMap((line) => line.match(/^.*\.gz:(\d+): (it is|no|`)/)?.[1] ?? [])
    const longest = lines.length - 3
    expect(places.map(Number)).toEqual([2, 3, 4, 5, longest, longest + 1, longest + 2])
    expect(first.stderr).toContain('7 lines of')
    expect(first.stderr).not.toMatch(/^ {4}at /m)

    const again = await runRegistry(['seed', '--from', file, '--json'], env)
    expect(JSON.parse(again.stdout)).toEqual({ lines: lines.length, added: 0, present: added, broken: 7 })

    const more = join(folder, 'more.jsonl')
    await writeFile(more, `${JSON.stringify(records[1])}\r\n${JSON.stringify(record({ id: 'more', name: 'more' }))}\n`)
    const whole = await runRegistry(['seed', '--from', more], env)
    expect(whole).toMatchObject({ code: 0, stdout: '' })
    expect(whole.stderr).toContain('2 lines read: 1 plugins added, 1 there already, 0 broken.')

    const { url, child, ended } = await startProcess(env)
    const client = createClient({ url })
    expect((await client.listPlugins()).total).toBe(added + 1)
    expect((await client.searchPlugins({ query: { q: 'sales month', category: ['content'] } })).total).toBe(1)
    expect((await client.suggestPlugins({ query: { q: 'acme' } })).suggestions).toMatchObject([
      { id: 'acme-quick-chart', name: '@acme/Quick.Chart', category: 'analytics' },
    ])
    const [top, other] = (await client.searchPlugins({ query: { q: 'quick-chart' } })).plugins
    expect(top).toMatchObject({ id: 'quick-chart', latestVersion: '2.4.1', tags: ['chart'], status: 'PUBLISHED' })
    expect(other?.id).toMatch(/^(acme-quick-chart|quickchart-[0-9a-f]{8})$/)
    expect((await client.getPlugin({ params: { pluginId: 'search-plugin' } })).category).toBe('design')

    // What the listing counts is there to be looked at.
    expect(top?.downloadCount).toBe(3_000_000_000)
    expect(top?.installCount).toBeGreaterThan(5)
    const ratings = await client.listRatings({ params: { pluginId: 'quick-chart' }, query: { take: 100 } })
    expect(ratings.total).toBe(top?.ratingCount)
    const stars = ratings.ratings.map((rating) => rating.stars)
    expect(stars.reduce((sum, each) => sum + each, 0) / stars.length).toBeCloseTo(top?.averageRating ?? 0)
    expect(Math.abs((top?.averageRating ?? 0) - 4.5)).toBeLessThan(0.26)

    // A version whose package cannot be had would be none.
    for (const [pluginId, version] of [
      ['quick-chart', '2.4.1'],
      ['acme-quick-chart', '2.4.1'],
      ['many-119', '2.4.1'],
    ] as const) {
      const params = { pluginId, version }
      const known = await client.getVersion({ params })
      const bytes = new Uint8Array(
        await (await fetch(`${url}/api/plugins/${pluginId}/versions/${version}/package`)).arrayBuffer(),
      )
      const inspection = await inspectPackage(
        (async function* () {
          yield bytes
        })(),
      )
      expect(inspection).toMatchObject({ digest: known.digest, manifest: { id: pluginId, version } })
      expect(inspection.findings.filter(({ severity }) => severity === 'error')).toEqual([])
    }
    const seeded = await runRegistry(['seed', '--json'], env)
    const root = JSON.parse(seeded.stdout).keys.find(({ role }: { role: string }) => role === 'super-admin')
    const admin = createClient({ url, token: root.key })
    const params = { tenantId: 'acme', pluginId: 'quick-chart' }
    expect(await admin.installPlugin({ params, body: {} })).toMatchObject({ version: '2.4.1', bundle: null })
    expect((await admin.recommendedPlugins({ query: { tenantId: 'acme' } })).plugins).not.toEqual([])
    child.kill('SIGTERM')
    await ended
  }, 60_000)

  test.each([
    ['a file that is not there', 'nothing.jsonl'],
    ['a folder', '.'],
  ])('%s is one sentence', async (_, name) => {
    const { folder, env } = await freshSettings()
    const { code, stdout, stderr } = await runRegistry(['seed', '--from', join(folder, name)], env)
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toContain(' cannot be read: ')
    expect(stderr).not.toMatch(/^ {4}at /m)
  })

  test('a file that is cut off is said, and what came before stays', async () => {
    const { folder, env } = await freshSettings()
    const file = join(folder, 'cut.jsonl.gz')
    await writeFile(file, gzipSync(lines.join('\n')).subarray(0, -20))
    const { code, stderr } = await runRegistry(['seed', '--from', file], env)
    expect(code).toBe(1)
    expect(stderr).toContain('cannot be read')
    expect(stderr).toMatch(/ [1-9]\d* plugins added/)
  })
})
