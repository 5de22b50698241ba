import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { type Encoding, encodings } from '../blobs/blob-keys.ts'

/** Ending of a file that holds another one in an encoding. */
const endings: Readonly<Record<Encoding, string>> = { br: '.br', gzip: '.gz' }

export interface PageContent {
  readonly bytes: Buffer
  readonly etag: string
}

/** A file of the pages, as it is and in the encodings that were built. */
export type PageFile = Readonly<Partial<Record<Encoding, PageContent>>> & { readonly identity: PageContent }

/** Files by their address, `/assets/index-abc.js`: what is not in here cannot be asked for, whatever the address says. */
export type PageFiles = ReadonlyMap<string, PageFile>

export const indexPath = '/index.html'

/**
 * Reads the built pages, some megabytes: a process answers from one build as long as it lives, also while another is
 * written. Undefined where nothing was built.
 */
export async function openPages(folder: string | undefined): Promise<PageFiles | undefined> {
  if (folder === undefined) return undefined
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch((error: Error) => {
    if ('code' in error && error.code === 'ENOENT') return []
    throw error
  })
  const contents = new Map<string, PageContent>()
  for (const entry of entries) {
    if (!entry.isFile()) continue
    const file = join(entry.parentPath, entry.name)
    const bytes = await readFile(file)
    contents.set(addressOf(relative(folder, file)), { bytes, etag: etagOf(bytes) })
  }
  const isEncoded = (address: string) =>
    encodings.some((encoding) => {
      const plain = address.slice(0, -endings[encoding].length)
      return address.endsWith(endings[encoding]) && contents.has(plain)
    })
  const files = new Map(
    [...contents].flatMap(([address, identity]) => {
      if (isEncoded(address)) return []
      const forms = encodings.flatMap((encoding) => {
        const form = contents.get(address + endings[encoding])
        return form ? [[encoding, form] as const] : []
      })
      return [[address, { ...Object.fromEntries(forms), identity }] as const]
    }),
  )
  return files.has(indexPath) ? files : undefined
}

function addressOf(path: string): string {
  return `/${path.split(sep).map(encodeURIComponent).join('/')}`
}

function etagOf(bytes: Buffer): string {
  return `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 27)}"`
}
