import { createHash } from 'node:crypto'
import {
  type Category,
  canonicalId,
  isReservedId,
  type Manifest,
  packageLayout,
  readManifest,
} from '@plexica/manifest-schema'

/** A line of a corpus, as far as a plugin can be made of it. */
export interface CorpusRecord {
  /** By which a record is known again, whatever its id became. */
  readonly name: string
  readonly manifest: Manifest
  readonly downloads: number
  /** From 1 to 5; absent where the record has none. */
  readonly rating?: number
}

/** Words of other registries for our categories. */
const categoryWords: Readonly<Record<string, Category>> = {
  ai: 'automation',
  auth: 'security',
  build: 'developer-tools',
  charts: 'analytics',
  data: 'analytics',
  devtools: 'developer-tools',
  editor: 'content',
  integrations: 'integration',
  media: 'content',
  testing: 'developer-tools',
  ui: 'design',
}

/** The record of a line of JSON, or what is wrong with the line. */
export function readRecord(line: string): { record: CorpusRecord } | { problem: string } {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch (error) {
    return { problem: `it is not JSON: ${(error as Error).message}` }
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return { problem: 'it is not an object' }
  const {
    id,
    name = id,
    description,
    category,
    tags,
    versions,
    downloads = 0,
    rating,
  } = value as Record<string, unknown>
  if (typeof id !== 'string' || typeof name !== 'string' || slugOf(id) === undefined) {
    return { problem: 'no plugin id can be made of its `id`' }
  }
  if (!isCount(downloads)) return { problem: '`downloads` is not a whole number from 0 on' }
  if (rating !== undefined && !(typeof rating === 'number' && rating >= 1 && rating <= 5)) {
    return { problem: '`rating` is not a number from 1 to 5' }
  }
  const shortName = cut(name, 60)
  const manifest = {
    id: slugOf(id),
    name: shortName,
    version: Array.isArray(versions) ? versions.at(-1) : '1.0.0',
    description: descriptionOf(description, shortName),
    category: typeof category === 'string' ? (categoryWords[category] ?? category) : category,
    tags: Array.isArray(tags)
      ? [...new Set(tags.filter((tag) => /^[a-z0-9][a-z0-9-]{0,29}$/.test(tag)))].slice(0, 10)
      : [],
    author: { name: 'Seeded' },
    license: 'MIT',
    engines: { plexica: '*' },
    backend: { entry: packageLayout.backend },
  }
  const read = readManifest(JSON.stringify(manifest), 'manifest.json')
  const [fault] = read.findings.filter(({ severity }) => severity === 'error')
  if (!read.manifest) return { problem: `no manifest can be made of it: ${fault?.message ?? 'it is too large'}` }
  return {
    record: { name: shortName, manifest: read.manifest, downloads, ...(rating === undefined ? {} : { rating }) },
  }
}

/** The id where another plugin has that of the record, or one that reads like it. */
export function otherId({ manifest, name }: CorpusRecord): string {
  const hash = createHash('sha256').update(name).digest('hex').slice(0, 8)
  return `${manifest.id.slice(0, 54)}-${hash}`
}

/** A package's name as a plugin id: `@scope/Some.name` is `scope-some-name`. */
function slugOf(name: string): string | undefined {
  const slug = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '')
    .slice(0, 63)
  if (slug.length < 2 || canonicalId(slug) === '') return undefined
  return isReservedId(slug) ? `${slug}-plugin` : slug
}

function descriptionOf(text: unknown, name: string): string {
  const words = typeof text === 'string' ? text.trim() : ''
  if (words.length >= 10) return cut(words, 300)
  return `${words || 'A plugin'} (${name}, without a description).`
}

/** So many characters, of which none is half of one. */
function cut(text: string, most: number): string {
  return [...text].slice(0, most).join('')
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0
}
