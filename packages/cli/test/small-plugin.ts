import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { list } from 'tar'

type Files = Record<string, string | Buffer | undefined>

export const manifest = {
  id: 'small-plugin',
  name: 'Small plugin',
  version: '1.2.3',
  description: 'A plugin that is just large enough.',
  category: 'content',
  author: { name: 'Ann' },
  license: 'MIT',
  icon: 'assets/icon.svg',
  engines: { plexica: '^1.0.0' },
  frontend: { entry: 'src/index.tsx' },
  components: [{ name: 'Card', export: 'Card', extensionPoint: 'dashboard.widgets' }],
}

/** Writes a plugin that has nothing wrong. Files replace its own; undefined leaves one out. */
export async function writePlugin(
  folder: string,
  { changes = {}, files = {} }: { changes?: object; files?: Files } = {},
) {
  const all: Files = {
    'manifest.json': `${JSON.stringify({ ...manifest, ...changes }, null, 2)}\n`,
    'src/index.tsx': "import { words } from './words.ts'\n\nexport const Card = () => <p>{words}</p>\n",
    'src/words.ts': "export const words: string = 'A small card'\n",
    'assets/icon.svg': '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M0 0h8v8H0z"/></svg>\n',
    'README.md': '# Small plugin\n\nIt shows a card with a few words on the dashboard, and it does nothing else.\n',
    'CHANGELOG.md': '# Changelog\n\n## 1.2.3\n\n- The card has words.\n\n## 1.2.2\n\n- There is a card.\n',
    LICENSE: 'MIT License\n\nCopyright (c) 2026 Ann\n',
    ...files,
  }
  for (const [path, content] of Object.entries(all)) {
    if (content === undefined) continue
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), content)
  }
  return folder
}

export interface Entry {
  path: string
  mode: number | undefined
  uid: number | undefined
  gid: number | undefined
  uname: string | undefined
  mtime: number | undefined
  type: string
  content: string
}

/** Everything in a package, as node-tar reads it. */
export async function readPackage(file: string): Promise<{ entries: Entry[]; tar: Buffer; gzip: Buffer }> {
  const gzip = await readFile(file)
  const entries: Entry[] = []
  const reading: Promise<void>[] = []
  await list({
    file,
    onReadEntry: (entry) => {
      const { path, mode, uid, gid, uname, mtime, type } = entry
      const read = { path, mode, uid, gid, uname, mtime: mtime?.getTime(), type, content: '' }
      entries.push(read)
      reading.push(
        entry.concat().then((content) => {
          read.content = content.toString()
        }),
      )
    },
  })
  await Promise.all(reading)
  return { entries, tar: gunzipSync(gzip), gzip }
}
