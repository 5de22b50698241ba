import type { VersionState } from '@plexica/api'
import { categories, type Manifest } from '@plexica/manifest-schema'
import type { Db, VersionRow } from '../src/db/tables.ts'
import { insertPlugin } from '../src/plugins/plugin-store.ts'
import { refreshPlugin } from '../src/plugins/refresh-plugin.ts'
import { insertVersion } from '../src/publishing/version-store.ts'

/** A plugin as it stands in the tables, whatever its package would be. */
export interface SeededPlugin {
  manifest: Partial<Manifest> & { id: string }
  state?: VersionState
  averageRating?: number
  ratingCount?: number
  downloadCount?: number
  installCount?: number
  publishedAt?: string
}

/** Writes plugins through the stores that publishing uses, many in one transaction. */
export async function seedPlugins(db: Db, plugins: readonly SeededPlugin[]): Promise<void> {
  for (let at = 0; at < plugins.length; at += 500) {
    await db.transaction().execute(async (trx) => {
      for (const plugin of plugins.slice(at, at + 500)) {
        const { state = 'published', publishedAt = '2026-01-01T00:00:00.000Z' } = plugin
        const manifest: Manifest = {
          name: plugin.manifest.id,
          version: '1.0.0',
          description: 'A plugin for a test.',
          category: 'content',
          author: { name: 'Example Works' },
          license: 'MIT',
          engines: { plexica: '^1.0.0' },
          components: [],
          ...plugin.manifest,
        }
        await insertPlugin(trx, manifest, publishedAt)
        await insertVersion(trx, versionOf(manifest, state, publishedAt))
        await refreshPlugin(trx, manifest.id, publishedAt)
        await trx
          .updateTable('plugins')
          .set({
            average_rating: plugin.averageRating ?? 0,
            rating_count: plugin.ratingCount ?? (plugin.averageRating === undefined ? 0 : 1),
            download_count: plugin.downloadCount ?? 0,
            install_count: plugin.installCount ?? 0,
          })
          .where('id', '=', manifest.id)
          .execute()
      }
    })
  }
}

function versionOf(manifest: Manifest, state: VersionState, at: string): VersionRow {
  return {
    plugin_id: manifest.id,
    version: manifest.version,
    digest: `sha256-${'0'.repeat(64)}`,
    blob: '0'.repeat(64),
    state,
    channel: null,
    reason: null,
    manifest: JSON.stringify(manifest),
    readme: null,
    changelog: null,
    packed_bytes: 1,
    unpacked_bytes: 1,
    files: '[]',
    dependencies: '[]',
    capabilities: '{"hosts":[],"permissions":[]}',
    findings: '[]',
    quality_score: 1,
    quality_out_of: 1,
    download_count: 0,
    published_by: 'ann',
    created_at: at,
    published_at: state === 'published' || state === 'yanked' ? at : null,
  }
}

/** Many different plugins, the same ones each time: a few words in very many, many words in few, as people name things. */
export function manyPlugins(count: number): SeededPlugin[] {
  let state = 42
  const random = () => {
    // A linear congruential generator (Knuth's constants, 32 bits) is random enough for words.
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
  const syllables = 'ta re mi so lu ka ne vo pi sta chi gra mon tel dor fen bri cor lan ver sal chart map form'.split(
    ' ',
  )
  const vocabulary = Array.from({ length: 4_000 }, () =>
    Array.from({ length: 2 + Math.floor(random() * 3) }, () => syllables[Math.floor(random() * syllables.length)]).join(
      '',
    ),
  )
  // The square makes some words common, as in any language.
  const word = () => vocabulary[Math.floor(random() ** 2 * vocabulary.length)] ?? ''
  const words = (n: number) => Array.from({ length: n }, word).join(' ')
  const start = Date.parse('2023-01-01T00:00:00.000Z')
  return Array.from({ length: count }, (_, index) => {
    const rated = random() < 0.6
    const installs = Math.floor(random() ** 4 * 5_000)
    return {
      manifest: {
        id: `${word()}-${word()}-${index}`.slice(0, 60),
        name: words(2),
        description: `${words(18)}.`.slice(0, 300),
        category: categories[Math.floor(random() ** 2 * categories.length)] ?? 'content',
        tags: [word(), word(), word()],
        author: { name: words(2) },
        ...(random() < 0.3 ? { pricing: { type: 'paid', amount: 9, currency: 'EUR', interval: 'month' } } : {}),
      },
      averageRating: rated ? Math.round((2 + random() * 3) * 10) / 10 : 0,
      ratingCount: rated ? 1 + Math.floor(random() ** 3 * 400) : 0,
      downloadCount: installs * 3,
      installCount: installs,
      publishedAt: new Date(start + Math.floor(random() * 3 * 365) * 86_400_000).toISOString(),
    }
  })
}
