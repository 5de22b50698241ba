import { basename } from 'node:path'
import type { Metafile, OutputFile } from 'esbuild'

const hashed = /^dist\/chunk-([A-Z0-9]{8})\.js$/

/**
 * esbuild's hashes depend on where `node_modules` lies beside the plugin, so that the same source would have other
 * bytes in a monorepo. Chunks get numbers instead, in the order in which the bundle reaches them. A number is as long
 * as a hash, so it is written over it and source maps stay true. Answers old path → new path, and changes the contents.
 */
export function renameChunks(files: readonly OutputFile[], { outputs }: Metafile): Map<string, string> {
  const order: string[] = []
  const seen = new Set<string>()
  const visit = (path: string) => {
    if (seen.has(path)) return
    seen.add(path)
    order.push(path)
    for (const { path: next, external } of outputs[path]?.imports ?? []) if (!external) visit(next)
  }
  for (const [path, output] of Object.entries(outputs)) if (output.entryPoint && !hashed.test(path)) visit(path)

  const renamed = new Map<string, string>()
  for (const path of order) {
    const hash = hashed.exec(path)?.[1]
    if (hash) renamed.set(path, path.replace(hash, String(renamed.size + 1).padStart(8, '0')))
  }
  if (renamed.size > 0) for (const file of files) if (!file.path.endsWith('.map')) overwrite(file.contents, renamed)
  for (const [from, to] of [...renamed]) renamed.set(`${from}.map`, `${to}.map`)
  return renamed
}

const prefix = './chunk-'

/** One pass over each file, however many chunks there are. */
function overwrite(contents: Uint8Array, renamed: ReadonlyMap<string, string>): void {
  const buffer = Buffer.from(contents.buffer, contents.byteOffset, contents.byteLength)
  for (let at = buffer.indexOf(prefix); at !== -1; at = buffer.indexOf(prefix, at + 1)) {
    const name = buffer.toString('latin1', at + 2, at + prefix.length + '00000000.js'.length)
    const to = renamed.get(`dist/${name}`)
    if (to !== undefined) buffer.write(basename(to), at + 2)
  }
}
