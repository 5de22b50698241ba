import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, cp, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { answerOf, contentOf, type Machine, openMachine } from './machine.ts'
import { readPackage, writePlugin } from './small-plugin.ts'

let machine: Machine
let count = 0
beforeAll(async () => {
  machine = await openMachine()
})
afterAll(() => machine.close())

const place = () => join(machine.work, `plugin-${count++}`)
const outputs = async (folder: string) => (await readdir(join(folder, 'dist'))).toSorted()

/** A package as npm installs it. */
const installed = (modules: string, name: string, content: string, about: object = {}) => ({
  [`${modules}/${name}/package.json`]: JSON.stringify({
    name,
    version: '2.0.1',
    license: 'ISC',
    main: 'index.js',
    ...about,
  }),
  [`${modules}/${name}/index.js`]: content,
})

test('a build writes a bundle that leaves React to the page', async () => {
  const folder = await writePlugin(place())
  const { status, stdout } = await machine.run(['build', folder])
  expect(status).toBe(0)
  expect(stdout).toContain('dist/bundle.js')
  expect(await outputs(folder)).toEqual(['bundle.js', 'bundle.js.map'])
  const bundle = await readFile(join(folder, 'dist/bundle.js'), 'utf8')
  expect(bundle).toContain('from"react/jsx-runtime"')
  expect(bundle).toContain('A small card')
  expect(bundle).not.toContain('sourceMappingURL')
  const map = JSON.parse(await readFile(join(folder, 'dist/bundle.js.map'), 'utf8'))
  expect(map.sources).toEqual(['../src/words.ts', '../src/index.tsx'])
})

test('the next build replaces the last one', async () => {
  const folder = await writePlugin(place(), { files: { 'dist/old.js': 'old', 'dist/bundle.js': 'old' } })
  expect((await machine.run(['build', folder])).status).toBe(0)
  expect(await outputs(folder)).toEqual(['bundle.js', 'bundle.js.map'])
  expect((await readdir(folder)).filter((name) => name.startsWith('.'))).toEqual([])
})

test('a backend runs in Node and keeps its built-in modules', async () => {
  const folder = await writePlugin(place(), {
    changes: { backend: { entry: 'src/backend.ts' } },
    files: {
      'src/backend.ts':
        "import { createHash } from 'node:crypto'\nimport { words } from './words.ts'\nexport const routes = { 'GET /hash': async () => createHash('sha256').update(words).digest('hex').slice(0, 8) }\n",
    },
  })
  expect((await machine.run(['build', folder])).status).toBe(0)
  expect(await outputs(folder)).toEqual(['backend.mjs', 'backend.mjs.map', 'bundle.js', 'bundle.js.map'])
  const script = `import { routes } from ${JSON.stringify(join(folder, 'dist/backend.mjs'))}; console.log(await routes['GET /hash']())`
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script])
  expect(stdout.trim()).toMatch(/^[0-9a-f]{8}$/)
})

test('a package in CommonJS can ask for what Node brings', async () => {
  const folder = await writePlugin(place(), {
    changes: { backend: { entry: 'src/backend.ts' } },
    files: {
      ...installed(
        'node_modules',
        'old',
        "const { basename } = require('path')\nexports.name = (path) => basename(path)",
      ),
      'src/backend.ts': "import { name } from 'old'\nexport const routes = { 'GET /name': async () => name('/a/b') }\n",
    },
  })
  expect((await machine.run(['build', folder])).status).toBe(0)
  const script = `import { routes } from ${JSON.stringify(join(folder, 'dist/backend.mjs'))}; console.log(await routes['GET /name']())`
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script])
  expect(stdout).toBe('b\n')
  expect((await machine.run(['publish', folder, '--dry-run', '--offline'])).status).toBe(0)
})

test('mistakes in the source are shown all at once, as a compiler shows them', async () => {
  const folder = await writePlugin(place(), {
    files: {
      'src/index.tsx':
        "import { Row } from './row.tsx'\nimport { words } from './words.ts'\nexport const Card = () => <Row text={words} />\n",
      'src/row.tsx': 'export const Row = ({ text }: { text: string }) =>\n\t<p>{text.slice(0, 1}</p>\n',
      'src/words.ts': "export const words: string = 'unfinished\n",
    },
  })
  const { status, stdout, stderr } = await machine.run(['build', folder])
  expect(status).toBe(9)
  expect(stdout).toContain('error build-failed  src/row.tsx:2\n  2 │   <p>{text.slice(0, 1}</p>\n')
  expect(stdout).toContain(`    ╵ ${' '.repeat('  <p>{text.slice(0, 1'.length)}^\n`)
  expect(stdout).toContain('error build-failed  src/words.ts:1')
  expect(stdout).toContain('2 errors')
  expect(stderr).toContain('✖ Build')
  expect(stderr).not.toMatch(/^\s+at /m)
  expect(await readdir(folder)).not.toContain('dist')
})

test('a package that is not installed is named with the way to install it', async () => {
  const folder = await writePlugin(place(), {
    files: { 'src/index.tsx': "import pad from '@scope/left-pad/sub'\nexport const Card = () => <p>{pad}</p>\n" },
  })
  const run = await machine.run(['build', folder, '--json'])
  expect(run.status).toBe(9)
  expect(answerOf(run).error).toMatchObject({
    code: 'build_failed',
    findings: [
      {
        code: 'build-failed',
        path: 'src/index.tsx',
        line: 1,
        fix: expect.stringContaining('npm install @scope/left-pad'),
      },
    ],
  })
})

test('a manifest and a source that are both wrong are both shown, and a missing file beside them', async () => {
  const folder = await writePlugin(place(), {
    changes: { category: 'nothing', backend: { entry: 'src/missing.ts' } },
    files: { 'src/words.ts': 'export const words: string = (\n' },
  })
  const run = await machine.run(['publish', '--dry-run', '--offline', '--json', folder])
  expect(run.status).toBe(3)
  const codes = answerOf(run).error.findings.map(({ code }: { code: string }) => code)
  expect(codes.toSorted()).toEqual(['build-failed', 'manifest-unknown-value', 'plugin-file-missing'])
})

test('an entry that is not there is said once', async () => {
  const folder = await writePlugin(place(), { files: { 'src/index.tsx': undefined } })
  const run = await machine.run(['build', folder, '--json'])
  expect(run.status).toBe(3)
  expect(answerOf(run).error.findings).toMatchObject([{ code: 'plugin-file-missing', path: 'manifest.json' }])
})

test('a style sheet that is imported for nothing is a warning', async () => {
  const folder = await writePlugin(place(), {
    files: {
      'src/card.css': 'p { color: red }\n',
      'src/index.tsx': "import './card.css'\nexport const Card = () => <p>red?</p>\n",
    },
  })
  const { status, stdout } = await machine.run(['build', folder])
  expect(status).toBe(0)
  expect(stdout).toContain('warning build-style-unused  src/card.css')
})

test('an entry in dist/ is not overwritten', async () => {
  const files = { 'dist/ready.js': 'export const Card = () => null\n' }
  const folder = await writePlugin(place(), { changes: { frontend: { entry: 'dist/ready.js' } }, files })
  const { status, stderr } = await machine.run(['build', folder])
  expect(status).toBe(3)
  expect(stderr).toContain('which the build would replace')
  expect(await outputs(folder)).toEqual(['ready.js'])
})

test('a dist/ that is a link leads nowhere', async () => {
  const folder = await writePlugin(place())
  const elsewhere = place()
  await mkdir(elsewhere)
  await writeFile(join(elsewhere, 'precious.txt'), 'precious')
  await symlink(elsewhere, join(folder, 'dist'))
  const { status, stderr } = await machine.run(['build', folder])
  expect(status).toBe(3)
  expect(stderr).toContain('symbolic link')
  expect(await readdir(elsewhere)).toEqual(['precious.txt'])
})

test('a folder that cannot be written says so, and publishing does not need to write', async () => {
  const folder = await writePlugin(place())
  await chmod(folder, 0o555)
  await chmod(machine.folder, 0o755)
  await chmod(machine.work, 0o755)
  const before = await contentOf(folder)
  const build = await runUnprivileged(['build', folder])
  expect(build.status).toBe(3)
  expect(build.stderr).toMatch(/cannot be used: you have no right to/)
  expect(build.stderr).not.toMatch(/^\s+at /m)
  const publish = await runUnprivileged(['publish', '--dry-run', '--offline', folder])
  expect(publish.stderr + publish.stdout).toContain('Nothing was sent.')
  expect(publish.status).toBe(0)
  expect(await contentOf(folder)).toEqual(before)
})

test('the bill of materials has what is in the bundle, and nothing else', async () => {
  const modules = 'node_modules'
  const folder = await writePlugin(place(), {
    files: {
      ...installed(modules, 'used', "export const used = 'used'", { type: 'module', license: 'MIT' }),
      ...installed(modules, 'unused', "export const unused = 'unused'", { type: 'module', sideEffects: false }),
      ...installed(modules, '@scope/common', "exports.common = 'common'", { license: 'SEE LICENSE IN TERMS' }),
      'src/index.tsx':
        "import { used } from 'used'\nimport { unused } from 'unused'\nimport { common } from '@scope/common'\nexport const Card = () => <p>{used}{common}</p>\nexport type Never = typeof unused\n",
    },
  })
  expect((await machine.run(['pack', folder])).status).toBe(0)
  const { entries } = await readPackage(join(folder, 'small-plugin-1.2.3.tar.gz'))
  const sbom = JSON.parse(entries.find(({ path }) => path === 'sbom.cdx.json')?.content ?? '')
  expect(sbom).toMatchObject({ bomFormat: 'CycloneDX', specVersion: '1.6', version: 1 })
  expect(sbom.serialNumber).toMatch(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(sbom.components).toEqual([
    {
      type: 'library',
      'bom-ref': 'pkg:npm/%40scope/common@2.0.1',
      name: '@scope/common',
      version: '2.0.1',
      licenses: [{ license: { name: 'SEE LICENSE IN TERMS' } }],
      purl: 'pkg:npm/%40scope/common@2.0.1',
    },
    {
      type: 'library',
      'bom-ref': 'pkg:npm/used@2.0.1',
      name: 'used',
      version: '2.0.1',
      licenses: [{ expression: 'MIT' }],
      purl: 'pkg:npm/used@2.0.1',
    },
  ])
  const map = JSON.parse(entries.find(({ path }) => path === 'dist/bundle.js.map')?.content ?? '')
  expect(map.sources.toSorted()).toEqual([
    '../src/index.tsx',
    'npm/@scope/common@2.0.1/index.js',
    'npm/used@2.0.1/index.js',
  ])
})

test('the same plugin alone and in a monorepo has the same bytes', async () => {
  const files = {
    'src/lazy.ts': "import { shared } from 'shared'\nexport const lazy = () => shared('lazy')\n",
    'src/index.tsx':
      "import { shared } from 'shared'\nexport const Card = () => <p onClick={() => import('./lazy.ts').then(({ lazy }) => lazy())}>{shared('card')}</p>\n",
  }
  const shared = "exports.shared = (text) => 'shared ' + text"
  const alone = await writePlugin(place(), { files: { ...files, ...installed('node_modules', 'shared', shared) } })
  const repository = place()
  const member = join(repository, 'packages/deep/plugin')
  await writePlugin(member, { files })
  await cp(join(alone, 'node_modules'), join(repository, 'node_modules'), { recursive: true })
  const digests = []
  for (const folder of [alone, member]) {
    const run = await machine.run(['pack', folder, '--json'])
    expect(run.status).toBe(0)
    const { digest, files } = answerOf(run)
    digests.push(digest)
    expect(
      files.map(({ path }: { path: string }) => path).filter((path: string) => path.startsWith('dist/chunk')),
    ).toEqual([
      'dist/chunk-00000001.js',
      'dist/chunk-00000001.js.map',
      'dist/chunk-00000002.js',
      'dist/chunk-00000002.js.map',
    ])
    const { entries } = await readPackage(join(folder, 'small-plugin-1.2.3.tar.gz'))
    for (const { content } of entries) expect(content).not.toContain(machine.folder)
  }
  expect(digests[0]).toBe(digests[1])
})

test('chunks find each other, and Node can load the bundle', async () => {
  const folder = await writePlugin(place(), {
    files: {
      'src/common.ts': "export const common = 'common'\n",
      'src/lazy.ts': "import { common } from './common.ts'\nexport const lazy = `lazy ${common}`\n",
      'src/index.tsx':
        "import { common } from './common.ts'\nexport const Card = async () => [common, (await import('./lazy.ts')).lazy]\n",
    },
  })
  expect((await machine.run(['build', folder])).status).toBe(0)
  await writeFile(join(folder, 'dist/package.json'), '{ "type": "module" }')
  const script = `import { Card } from ${JSON.stringify(join(folder, 'dist/bundle.js'))}; console.log(await Card())`
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script])
  expect(stdout.trim()).toBe("[ 'common', 'lazy common' ]")
})

/** Root may write everywhere; without this one capability it may not, and still reaches what only root can reach. */
async function runUnprivileged(args: string[]) {
  const program = join(import.meta.dirname, '../bin/plexica.js')
  const dropped = process.getuid?.() === 0 ? ['setpriv', '--bounding-set=-dac_override,-dac_read_search'] : []
  const [command = process.execPath, ...rest] = [...dropped, process.execPath, program, ...args]
  const env = { PATH: process.env.PATH, HOME: '/nowhere', NODE_DISABLE_COMPILE_CACHE: '1' }
  const child = spawn(command, rest, { env, stdio: ['ignore', 'pipe', 'pipe'] })
  const [stdout, stderr, [status]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  return { stdout, stderr, status }
}
