import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Bytes that do not compress, the same for the same seed. */
export function noise(seed: string, bytes: number): Buffer {
  const parts: Buffer[] = []
  for (let i = 0; i * 32 < bytes; i++) parts.push(createHash('sha256').update(`${seed}/${i}`).digest())
  return Buffer.concat(parts).subarray(0, bytes)
}

/** A plugin with about `sourceBytes` of TSX in modules of 8 KB, and as many incompressible bytes of assets as wanted. */
export function writePlugin(
  folder: string,
  {
    id,
    version = '1.0.0',
    sourceBytes,
    assetBytes = 0,
  }: { id: string; version?: string; sourceBytes: number; assetBytes?: number },
): void {
  for (const part of ['src', 'assets']) mkdirSync(join(folder, part), { recursive: true })
  const modules = Math.max(1, Math.round(sourceBytes / 8_192))
  for (let i = 0; i < modules; i++) writeFileSync(join(folder, `src/panel-${i}.tsx`), panelSource(i))
  const names = Array.from({ length: modules }, (_, i) => `Panel${i}`)
  const imports = names.map((name, i) => `import { ${name} } from './panel-${i}'`)
  const body = names.map((name) => `<${name} />`).join('')
  writeFileSync(
    join(folder, 'src/index.tsx'),
    `${imports.join('\n')}\nexport function Board() { return <div>${body}</div> }\n`,
  )
  for (let i = 0; i * 1_048_576 < assetBytes; i++) {
    writeFileSync(
      join(folder, `assets/picture-${i}.png`),
      picture(`${id}/${i}`, Math.min(1_048_576, assetBytes - i * 1_048_576)),
    )
  }
  const manifest = {
    id,
    name: 'Bench board',
    version,
    description: 'A plugin of a certain size, for measuring.',
    category: 'analytics',
    author: { name: 'Bench' },
    license: 'MIT',
    engines: { plexica: '*' },
    frontend: { entry: 'src/index.tsx' },
    components: [{ name: 'Board', export: 'Board', extensionPoint: 'dashboard.widgets' }],
  }
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest, null, 2))
  writeFileSync(join(folder, 'README.md'), '# Bench board\n\nA plugin of a certain size.\n')
  writeFileSync(join(folder, 'CHANGELOG.md'), `# Changelog\n\n## ${version}\n\n- First.\n`)
  writeFileSync(join(folder, 'LICENSE'), 'MIT\n')
}

const pngSignature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

function picture(seed: string, bytes: number): Buffer {
  return Buffer.concat([pngSignature, noise(seed, Math.max(0, bytes - pngSignature.length))])
}

/** About 8 KB of the code that people write: state, a table, a little arithmetic. */
function panelSource(index: number): string {
  const rows = Array.from({ length: 57 }, (_, row) => {
    const name = createHash('sha256').update(`${index}/${row}`).digest('hex')
    return `  { key: '${name.slice(0, 12)}', label: 'Figure ${name.slice(12, 20)} of panel ${index}', value: ${row * 17 + index}, note: '${name.slice(20, 52)}' },`
  })
  return `import { useMemo, useState } from 'react'

interface Row { key: string; label: string; value: number; note: string }

const rows${index}: Row[] = [
${rows.join('\n')}
]

function share${index}(row: Row, all: readonly Row[]): string {
  const total = all.reduce((sum, { value }) => sum + value, 0)
  return total === 0 ? '0 %' : (100 * row.value / total).toFixed(1) + ' %'
}

export function Panel${index}() {
  const [ascending, setAscending] = useState(true)
  const [wanted, setWanted] = useState('')
  const shown = useMemo(
    () => rows${index}
      .filter(({ label }) => label.toLowerCase().includes(wanted.toLowerCase()))
      .toSorted((a, b) => ascending ? a.value - b.value : b.value - a.value),
    [ascending, wanted],
  )
  return (
    <section aria-label="Panel ${index}">
      <button type="button" onClick={() => setAscending(!ascending)}>{ascending ? 'Lowest first' : 'Highest first'}</button>
      <input value={wanted} onChange={(event) => setWanted(event.target.value)} aria-label="Filter" />
      <table><tbody>
        {shown.map((row) => <tr key={row.key} title={row.note}><td>{row.label}</td><td>{row.value}</td><td>{share${index}(row, shown)}</td></tr>)}
      </tbody></table>
    </section>
  )
}
`
}
