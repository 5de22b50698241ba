// Builds the pages into `dist`, or the folder that is named, with a brotli and a gzip file beside each file that becomes smaller by them.
import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { build, type Rolldown } from 'vite'
import { preloads } from '../src/app/preloads.ts'

// Whoever runs tests gets what people get: React's own development build is slower and larger.
process.env.NODE_ENV = 'production'
const root = join(import.meta.dirname, '..')
const [, , named] = process.argv
const folder = named ?? join(root, 'dist')
// Moved into place whole: a registry may be reading the pages that were built before.
const staging = join(named ? dirname(named) : join(root, 'node_modules'), `.build-${process.pid}`)
try {
  // One after the other, so that they share nothing: the frame shows what nobody has approved yet.
  const output = await buildPage('index.html')
  await buildPage('preview.html')
  const rows = preloads.map(({ path, asks, module }) => ({
    path,
    links: [...(module ? linksOfModule(output, module) : []), ...asks.map(linkOfAnswer)],
  }))
  writeFileSync(join(staging, 'preloads.json'), JSON.stringify(rows))
  for (const path of readdirSync(staging, { recursive: true, encoding: 'utf8' })) {
    if (/\.(js|css|html|svg|txt)$/.test(path)) compress(join(staging, path))
  }
  rmSync(folder, { recursive: true, force: true })
  renameSync(staging, folder)
} finally {
  rmSync(staging, { recursive: true, force: true })
}

async function buildPage(page: string): Promise<Rolldown.RolldownOutput> {
  const output = await build({
    root,
    logLevel: 'warn',
    build: { outDir: staging, emptyOutDir: false, rolldownOptions: { input: join(root, page) } },
  })
  if (!('output' in output)) throw new Error(`${page} was built more than once`)
  return output
}

/** Values of the field `Link` (RFC 8288) for a module, what it imports and their styles, without what the page has anyway. */
function linksOfModule({ output }: Rolldown.RolldownOutput, module: string): string[] {
  const chunks = new Map(output.flatMap((file) => (file.type === 'chunk' ? [[file.fileName, file]] : [])))
  const withImports = (name: string, seen = new Set<string>()): Set<string> => {
    if (!seen.has(name)) {
      seen.add(name)
      for (const imported of chunks.get(name)?.imports ?? []) withImports(imported, seen)
    }
    return seen
  }
  const fileOf = (id: string): string => {
    const chunk = [...chunks.values()].find(({ moduleIds }) => moduleIds.includes(join(root, id)))
    if (!chunk) throw new Error(`${id} is in no file`)
    return chunk.fileName
  }
  const first = withImports(fileOf('index.html'))
  const names = [...withImports(fileOf(module))].filter((name) => !first.has(name))
  const styles = new Set(names.flatMap((name) => [...(chunks.get(name)?.viteMetadata?.importedCss ?? [])]))
  return [
    ...names.map((name) => `</${name}>; rel=modulepreload`),
    ...[...styles].map((name) => `</${name}>; rel=preload; as=style; crossorigin`),
  ]
}

function linkOfAnswer(address: string): string {
  return `<${address}>; rel=preload; as=fetch; crossorigin`
}

function compress(path: string): void {
  const bytes = readFileSync(path)
  const smaller = {
    br: brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }),
    gz: gzipSync(bytes, { level: 9 }),
  }
  for (const [ending, encoded] of Object.entries(smaller)) {
    if (encoded.length < bytes.length) writeFileSync(`${path}.${ending}`, encoded)
  }
}
