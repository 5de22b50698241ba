import { mkdir, rm, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { manifest, writePlugin } from './small-plugin.ts'

/** One thing that is different from a plugin with nothing wrong. Some are mistakes, some are as good as what was there. */
type Change =
  | { kind: 'manifest'; changes: Record<string, unknown> }
  | { kind: 'file'; path: string; content: string | Buffer }
  | { kind: 'gone'; path: string }
  | { kind: 'link'; path: string; to: string }
  | { kind: 'option'; args: readonly string[] }

/** Whose the plugin is: a new one, one that ann has published, one that is ben's, or one that reads like another. */
export const owners = ['new', 'own', 'others', 'resembling', 'alike'] as const

export interface Recipe {
  readonly owner: (typeof owners)[number]
  readonly changes: readonly Change[]
}

const words = fc.string({ maxLength: 40 })
const anyText = fc.oneof(words, fc.string({ unit: 'binary', maxLength: 60 }))
const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,20}$/)

const manifestChange = fc
  .oneof(
    fc.record({ version: fc.oneof(fc.constantFrom('1.2.4', '2.0.0-beta.1', '0.0.1', '1.2', 'v1', '01.2.3'), words) }),
    fc.record({ name: anyText }),
    fc.record({ description: fc.oneof(anyText, fc.constant('x'.repeat(5_000))) }),
    fc.record({ category: fc.constantFrom('content', 'commerce', 'nothing', 7) }),
    fc.record({ license: fc.constantFrom('MIT', 'Apache-2.0 OR MIT', 'Beer', '') }),
    fc.record({ author: fc.oneof(fc.constant({}), fc.record({ name: words, email: words })) }),
    fc.record({ requiredPermissions: fc.array(fc.oneof(fc.constantFrom('orders:read', 'moon:land'), words)) }),
    fc.record({ network: fc.array(fc.oneof(fc.constantFrom('api.example.com', '*.example.com', '10.0.0.1'), words)) }),
    fc.record({ engines: fc.constantFrom({ plexica: '^1.0.0' }, { plexica: '^9.0.0' }, { plexica: 'new' }, {}) }),
    fc.record({ dependencies: fc.dictionary(name, fc.constantFrom('^1.0.0', 'latest', 'x y'), { maxKeys: 2 }) }),
    fc.record({
      icon: fc.constantFrom('assets/icon.svg', 'assets/none.png', '../icon.svg', '/etc/passwd', 'README.md'),
    }),
    fc.record({ frontend: fc.constantFrom({ entry: 'src/none.tsx' }, { entry: '../x.ts' }, {}) }),
    fc.record({ backend: fc.constantFrom({ entry: 'src/words.ts' }, { entry: 'src/none.ts' }) }),
    fc.record({
      components: fc.constantFrom(
        [],
        [{ name: 'Card', export: 'Card', extensionPoint: 'puck', fields: { title: { type: 'text', label: 'Title' } } }],
        [{ name: 'Card', export: 'Board', extensionPoint: 'dashboard.widgets' }],
        [{ name: 'Card', export: 'Card', extensionPoint: 'warehouse.shelf' }],
        [{ name: 'card', export: 'Card', extensionPoint: 'puck', fields: { title: { type: 'colour' } } }],
      ),
    }),
    fc.record({
      configSchema: fc.constantFrom(
        { type: 'object', properties: { currency: { type: 'string', title: 'Currency', default: 'EUR' } } },
        { type: 'object', properties: { currency: { type: 'money' } } },
        { type: 'object', required: ['nothing'] },
      ),
    }),
    fc.record({ pricing: fc.constantFrom({ type: 'free' }, { type: 'paid', amount: -1, currency: 'EUR' }, 'cheap') }),
    fc.record({ homepage: fc.oneof(fc.constantFrom('https://example.com', 'javascript:alert(1)'), words) }),
    fc.dictionary(name, fc.jsonValue({ maxDepth: 2 }), { minKeys: 1, maxKeys: 2 }),
  )
  .map((changes): Change => ({ kind: 'manifest', changes }))

const code = (text: string) => `import { words } from './words.ts'\n\nexport const Card = () => <p>{${text}}</p>\n`
const source = fc
  .oneof(
    fc.constantFrom(
      code("String(eval('1 + 1'))"),
      code("fetch('https://tracker.example.net/x') && words"),
      code("fetch('https://api.example.com/x') && words"),
      code("localStorage.getItem('key')"),
      code('words + (globalThis as any).plexica.request("orders:write")'),
      code("'AKIAIOSFODNN7EXAMPLA' + words"),
      code('document.cookie'),
      code('words'),
      `import 'node:fs'\n${code('words')}`,
      `import 'no-such-package'\n${code('words')}`,
      `import './none.ts'\n${code('words')}`,
      'export const Card = () => <p>\n',
      'export const Board = () => <p>Another name</p>\n',
      '',
    ),
    words.map((text) => code(JSON.stringify(text))),
    words,
  )
  .map((content): Change => ({ kind: 'file', path: 'src/index.tsx', content }))

const otherFile = fc.oneof(
  fc
    .tuple(
      fc.constantFrom('README.md', 'CHANGELOG.md', 'LICENSE'),
      fc.oneof(anyText, fc.constant('x'.repeat(1_100_000))),
    )
    .map(([path, content]): Change => ({ kind: 'file', path, content })),
  fc
    .tuple(
      fc.constantFrom(
        'data.json',
        'ünïcode 🎈.txt',
        'run.sh',
        'page.html',
        'deep/er/still/x.txt',
        `${'n'.repeat(120)}.txt`,
      ),
      fc.oneof(anyText, fc.constant('#!/bin/sh\nrm -rf /\n'), fc.constant('<script>alert(1)</script>')),
    )
    .map(([file, content]): Change => ({ kind: 'file', path: `assets/${file}`, content })),
  fc
    .constantFrom('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', 'no picture', '')
    .map((content): Change => ({ kind: 'file', path: 'assets/icon.svg', content })),
  fc.uint8Array({ maxLength: 300 }).map(
    (bytes): Change => ({
      kind: 'file',
      path: 'assets/noise.png',
      content: Buffer.from(bytes),
    }),
  ),
  fc.constant<Change>({ kind: 'file', path: 'assets/archive.gz', content: gzipSync('inside') }),
  fc
    .constantFrom('{', '{ "dependencies": 7 }', '{ "type": "module" }')
    .map((content): Change => ({ kind: 'file', path: 'package.json', content })),
  fc.constantFrom('{', '{}', '[]', '{ "id": 7 }').map(
    (content): Change => ({
      kind: 'file',
      path: 'manifest.json',
      content,
    }),
  ),
)

const change: fc.Arbitrary<Change> = fc.oneof(
  { weight: 5, arbitrary: manifestChange },
  { weight: 3, arbitrary: source },
  { weight: 3, arbitrary: otherFile },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom(
        'README.md',
        'CHANGELOG.md',
        'LICENSE',
        'assets/icon.svg',
        'src/words.ts',
        'src/index.tsx',
        'manifest.json',
      )
      .map((path): Change => ({ kind: 'gone', path })),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom('../manifest.json', '/etc/hostname', 'nowhere')
      .map((to): Change => ({ kind: 'link', path: 'assets/link.txt', to })),
  },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom(
        ...[
          ['--version', '3.1.4'],
          ['--version', '3.1.4-rc.1', '--tag', 'next'],
          ['--tag', 'latest'],
        ],
        ...[
          ['--version', '2.0.0-beta.1', '--tag', 'latest'],
          ['--tag', '1.0'],
          ['--visibility', 'private'],
        ],
        ...[['--changelog', 'Faster.'], ['--version', '3.1.4', '--changelog', '## 3.1.4\n\nInside\n'], ['--draft']],
      )
      .map((args): Change => ({ kind: 'option', args })),
  },
)

/** Plugins, good and bad. Half of them are new and have one thing changed, which shows most by itself. */
export const recipes: fc.Arbitrary<Recipe> = fc.record({
  owner: fc.oneof(
    { weight: 6, arbitrary: fc.constant<Recipe['owner']>('new') },
    { weight: 3, arbitrary: fc.constantFrom(...owners) },
  ),
  changes: fc.oneof(fc.array(change, { minLength: 1, maxLength: 1 }), fc.array(change, { maxLength: 4 })),
})

/** Makes the plugin. Gives the options that its publish is to have. */
export async function writeRecipe(folder: string, id: string, { changes }: Recipe): Promise<string[]> {
  const of = <Kind extends Change['kind']>(kind: Kind) =>
    changes.filter((one): one is Extract<Change, { kind: Kind }> => one.kind === kind)
  const manifestChanges = Object.assign(
    {},
    { id, name: `${manifest.name} ${id}` },
    ...of('manifest').map((one) => one.changes),
  )
  await writePlugin(folder, { changes: { ...manifestChanges, id } })
  for (const { path, content } of of('file')) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), content)
  }
  for (const { path } of of('gone')) await rm(join(folder, path), { force: true })
  for (const { path, to } of of('link').slice(0, 1)) await symlink(to, join(folder, path))
  // An option that is given twice would be a mistake of the test.
  return [...new Map(of('option').map(({ args }) => [args[0], args])).values()].slice(0, 1).flat()
}
