import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { answerOf, type Machine, openMachine } from './machine.ts'
import { type RegistryWithPeople, startRegistryWithPeople } from './registry-with-people.ts'
import { readPackage, writePlugin } from './small-plugin.ts'

// Each test starts several processes, and the machine may have other work.
vi.setConfig({ testTimeout: 120_000 })

let registry: RegistryWithPeople
let machine: Machine
let count = 0

beforeAll(async () => {
  machine = await openMachine()
  const platform = JSON.parse(await readFile(join(import.meta.dirname, '../../../examples/platform.json'), 'utf8'))
  const file = join(machine.work, 'platform.json')
  await writeFile(file, JSON.stringify({ ...platform, shared: { ...platform.shared, '@acme/charts': '^2.4.0' } }))
  registry = await startRegistryWithPeople({ PLEXICA_PLATFORM_FILE: file })
})

afterAll(async () => {
  await machine?.close()
  await registry?.stop()
})

const charts = 'node_modules/@acme/charts'
/** A plugin that draws with a package, as npm has installed it, and leaves some packages to the platform. */
const plugin = (shared: Record<string, string> | undefined) =>
  writePlugin(join(machine.work, `plugin-${count++}`), {
    changes: { shared },
    files: {
      'src/index.tsx': `import { line } from '@acme/charts'
import { pie } from '@acme/charts/pie.js'
export const Card = () => <p>{line(1)}{pie(2)}</p>
`,
      [`${charts}/package.json`]: JSON.stringify({
        name: '@acme/charts',
        version: '2.5.1',
        license: 'MIT',
        type: 'module',
        main: 'index.js',
      }),
      [`${charts}/index.js`]: 'export const line = (n) => `a line of length ${n}`\n',
      [`${charts}/pie.js`]: 'export const pie = (n) => `a pie in ${n} pieces`\n',
    },
  })

const online = () => ({ PLEXICA_API_URL: registry.url, PLEXICA_API_KEY: registry.ann.key })
const dryRun = (folder: string, ...more: string[]) =>
  machine.run(['publish', '--dry-run', '--json', folder, ...more], { env: online() })
const findingsOf = (run: Parameters<typeof answerOf>[0]): { code: string; message: string }[] =>
  answerOf(run).findings ?? answerOf(run).error.findings

test('a package that the manifest shares is no part of the bundle, nor of what it is said to be made of', async () => {
  const folder = await plugin({ '@acme/charts': '^2.0.0' })
  const packed = await machine.run(['pack', folder, '--out', join(folder, 'packed'), '--json'])
  expect(packed.status, packed.stderr).toBe(0)
  const { file } = answerOf(packed)
  const { entries } = await readPackage(file)
  const contentOf = (path: string) => entries.find((entry) => entry.path.endsWith(path))?.content ?? ''
  expect(contentOf('dist/bundle.js')).toMatch(/from"@acme\/charts"/)
  expect(contentOf('dist/bundle.js')).toMatch(/from"@acme\/charts\/pie\.js"/)
  expect(contentOf('dist/bundle.js')).not.toMatch(/a line|a pie/)
  expect(contentOf('sbom.cdx.json')).not.toContain('@acme/charts')
  const checked = await machine.run(['validate', file, '--json'])
  expect(checked.status, checked.stdout).toBe(0)
})

test('without a word in the manifest it is bundled', async () => {
  const folder = await plugin(undefined)
  expect((await machine.run(['build', folder])).status).toBe(0)
  const bundle = await readFile(join(folder, 'dist/bundle.js'), 'utf8')
  expect(bundle).toMatch(/a line of length/)
  expect(bundle).not.toContain('@acme/charts')
})

test('what the platform gives in the range that the plugin needs, is published', async () => {
  const run = await dryRun(await plugin({ '@acme/charts': '^2.0.0', react: '>=18' }))
  expect(run.status, run.stderr).toBe(0)
  expect(findingsOf(run).filter(({ code }) => code.startsWith('compatibility-'))).toEqual([])
})

test('what it gives in another, or not at all, is refused by the dry run as by the real one', async () => {
  const other = await plugin({ '@acme/charts': '~2.4.0' })
  const none = await plugin({ '@acme/charts': '^2.0.0', '@acme/tables': '^1.0.0' })
  for (const [folder, expected] of [
    [other, ['compatibility-shared', 'small-plugin needs @acme/charts ~2.4.0, this platform shares ^2.4.0.']],
    [
      none,
      ['compatibility-not-shared', 'small-plugin leaves @acme/tables ^1.0.0 to the platform, which does not share it.'],
    ],
  ] as const) {
    const dry = await dryRun(folder)
    const real = await machine.run(['publish', '--json', folder], { env: online() })
    expect([dry.status, real.status], dry.stderr).toEqual([3, 3])
    for (const run of [dry, real]) {
      expect(findingsOf(run).map(({ code, message }) => [code, message])).toContainEqual(expected)
    }
    // Without a registry nobody knows what the platform gives.
    expect((await dryRun(folder, '--offline')).status).toBe(0)
  }
})
