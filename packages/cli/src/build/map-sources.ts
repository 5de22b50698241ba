import { posix } from 'node:path'

const mark = Buffer.from('"sourcesContent": [')
const carriageReturn = Buffer.from('\\r\\n')

/**
 * Rewrites the `sources` of a source map (ECMA-426) as esbuild writes it. Only the head of the map is parsed: the rest
 * is large. `nameOf` gives the name of an input, or nothing to leave it as it is. Line ends in the sources' text become
 * `\n`, so that a checkout with Windows line ends has the same bytes.
 */
export function rewriteSources(map: Buffer, nameOf: (input: string) => string | undefined): Buffer {
  const end = map.indexOf(mark)
  if (end === -1) return map
  const { sources } = JSON.parse(`${map.toString('utf8', 0, end).trimEnd().replace(/,$/, '')}}`) as {
    sources: string[]
  }
  const renamed = sources.map((source) => nameOf(posix.join('dist', source)) ?? source)
  const head = Buffer.from(`{\n  "version": 3,\n  "sources": ${JSON.stringify(renamed)},\n  `)
  const rest = map.subarray(end)
  return Buffer.concat([head, rest.includes(carriageReturn) ? withPlainLineEnds(rest) : rest])
}

/** Only `\r\n` as JSON writes a line end: with an even number of backslashes before it. */
function withPlainLineEnds(json: Buffer): Buffer {
  return Buffer.from(
    json.toString('utf8').replace(/\\(?:r\\n|.)/gs, (written) => (written === '\\r\\n' ? '\\n' : written)),
  )
}
