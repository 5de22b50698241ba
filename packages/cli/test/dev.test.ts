import { mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { createServer, get } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { launchBrowser } from '../../host/test/find-browser.ts'
import { type Ended, type Machine, openMachine } from './machine.ts'
import { manifest, writePlugin } from './small-plugin.ts'

// Each test starts processes and a browser's page, and the machine may have other work.
vi.setConfig({ testTimeout: 120_000 })
const soon = { timeout: 60_000, interval: 20 }

let machine: Machine
let browser: Awaited<ReturnType<typeof launchBrowser>>
const running = new Set<{ stop(): Promise<unknown> }>()

beforeAll(async () => {
  machine = await openMachine()
  browser = await launchBrowser()
})
afterEach(async () => {
  await Promise.all([...running].map((one) => one.stop()))
})
afterAll(async () => {
  await browser?.close()
  await machine?.close()
})

/** Starts `plexica dev` on a free port and waits until it shows its address. */
async function develop(folder: string, ...more: string[]) {
  const { child, ended } = machine.start(['dev', folder, '--port', '0', ...more])
  const said = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].on('data', (part: string) => {
      said[name] += part
    })
  }
  let over: Ended | undefined
  const end = ended.then((result) => {
    over = result
    running.delete(dev)
    return result
  })
  const stop = () => {
    if (over === undefined) child.kill('SIGINT')
    return end
  }
  const dev = {
    said,
    ended: end,
    stop,
    /** How often it has built since it began to watch. */
    rebuilds: () => said.stderr.match(/^. Rebuild/gm)?.length ?? 0,
    url: '',
  }
  running.add(dev)
  dev.url = await vi.waitFor(() => {
    const url = /http:\/\/127\.0\.0\.1:\d+\//.exec(said.stdout)?.[0]
    if (over !== undefined || url === undefined) throw new Error(said.stderr)
    return url
  }, soon)
  return dev
}

/** Puts a file in its place whole, as many editors do: one that is written in place is empty for a moment. */
async function save(file: string, content: string): Promise<void> {
  const draft = join(machine.folder, 'draft')
  await writeFile(draft, content)
  await rename(draft, file)
}

async function openPage(url: string) {
  const page = await (await browser.newContext()).newPage()
  const complaints: string[] = []
  page.on('pageerror', ({ message }) => complaints.push(message))
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
  })
  await page.goto(url)
  return { page, complaints }
}

const card = (words: string) =>
  `import { useState } from 'react'
export const Card = ({ title, plexica }: any) => {
  const [times, again] = useState(0)
  return <button onClick={() => again(times + 1)}>${words} {title} {times} {plexica.configuration.tone}</button>
}
`
const changes = {
  components: [
    {
      ...manifest.components[0],
      title: 'The card',
      fields: { title: { type: 'text', label: 'Title', default: 'Hi' } },
    },
  ],
  configSchema: { type: 'object', properties: { tone: { type: 'string', title: 'Tone', default: 'warm' } } },
}

test('the page shows each component with its defaults, and every good build at once', async () => {
  const folder = await writePlugin(join(machine.work, 'with spaces 🧩'), {
    changes,
    files: { 'src/index.tsx': card('One') },
  })
  const dev = await develop(folder)
  const { page, complaints } = await openPage(dev.url)
  const stage = page.getByRole('region', { name: 'The card' })
  await stage.getByRole('button', { name: 'One Hi 0 warm' }).click()
  await stage.getByRole('button', { name: 'One Hi 1 warm' }).waitFor()
  expect(await page.getByText('"title": "Hi"').count()).toBe(1)

  await save(join(folder, 'src/index.tsx'), card('Two'))
  await stage.getByRole('button', { name: 'Two Hi 0 warm' }).waitFor()
  expect(dev.said.stderr).toMatch(/✔ Rebuild +\d+ ms .*src\/index\.tsx/)

  await writePlugin(folder, {
    changes: {
      ...changes,
      configSchema: { type: 'object', properties: { tone: { type: 'string', title: 'Tone', default: 'dry' } } },
    },
    files: { 'src/index.tsx': card('Two') },
  })
  await stage.getByRole('button', { name: 'Two Hi 0 dry' }).waitFor()
  expect(complaints).toEqual([])
})

test('errors of the source and of the manifest lie over the page, end nothing, and go when they are mended', async () => {
  const folder = await writePlugin(join(machine.work, 'mended'), { files: { 'src/index.tsx': card('Good') } })
  const dev = await develop(folder)
  const { page } = await openPage(dev.url)
  const alert = page.getByRole('alert')
  await page.getByRole('button', { name: /Good/ }).waitFor()

  await save(join(folder, 'src/index.tsx'), "import { gone } from './gone.ts'\nexport const Card = () => gone")
  await alert.getByText('build-failed').waitFor()
  await vi.waitFor(() => expect(dev.said.stdout).toMatch(/error build-failed {2}src\/index\.tsx:1/), soon)
  expect(await page.getByRole('button', { name: /Good/ }).count()).toBe(1)

  await save(join(folder, 'src/gone.ts'), "export const gone = 'It came'")
  await page.getByText('It came').waitFor()
  expect(await alert.count()).toBe(0)
  await rm(join(folder, 'src/gone.ts'))
  await alert.getByText('build-failed').waitFor()
  await mkdir(join(folder, 'src/parts'))
  await save(join(folder, 'src/parts/new.ts'), "export const gone = 'It is elsewhere'")
  await writeFile(
    join(folder, 'src/index.tsx'),
    "import { gone } from './parts/new.ts'\nexport const Card = () => gone",
  )
  await page.getByText('It is elsewhere').waitFor()
  await save(join(folder, 'src/parts/new.ts'), "export const gone = 'It changed there'")
  await page.getByText('It changed there').waitFor()

  await save(join(folder, 'manifest.json'), '{ "id": "small-plugin", ')
  await alert
    .getByText('manifest-not-json')
    .or(alert.getByText(/manifest-/))
    .first()
    .waitFor()
  await vi.waitFor(() => expect(dev.said.stdout).toMatch(/error manifest-\S+ {2}manifest\.json:1/), soon)
  await rm(join(folder, 'manifest.json'))
  await alert.getByText('manifest-missing').waitFor()
  await writePlugin(folder, { files: { 'src/index.tsx': card('Mended') } })
  await page.getByRole('button', { name: /Mended/ }).waitFor()
  expect(await alert.count()).toBe(0)
})

test('a component that throws, or is not there, is said in its place', async () => {
  const components = [manifest.components[0], { name: 'Other', export: 'Other', extensionPoint: 'puck' }]
  const folder = await writePlugin(join(machine.work, 'throwing'), {
    changes: { components },
    files: { 'src/index.tsx': "export const Card = () => { throw new Error('No luck') }" },
  })
  const { page } = await openPage((await develop(folder)).url)
  await page.getByRole('region', { name: 'Card' }).getByText('No luck').waitFor()
  await page.getByRole('region', { name: 'Other' }).getByText('exports no component “Other”').waitFor()
})

test('the backend is built too, and is no part of what the page imports', async () => {
  const folder = await writePlugin(join(machine.work, 'backend.mjs-plugin'), {
    changes: { backend: { entry: 'src/backend.ts' } },
    files: { 'src/backend.ts': 'export const start = () => undefined\n' },
  })
  const dev = await develop(folder)
  const { page } = await openPage(dev.url)
  await page.getByText('A small card').waitFor()
  await save(join(folder, 'src/backend.ts'), 'export const start = (')
  await page.getByRole('alert').getByText('src/backend.ts:1').waitFor()
  expect(await page.getByText('A small card').count()).toBe(1)
  await save(join(folder, 'src/backend.ts'), 'export const start = () => 1\n')
  await vi.waitFor(async () => expect(await page.getByRole('alert').count()).toBe(0), soon)
})

test('sources behind a symbolic link are watched, and so is a plugin that is reached by one', async () => {
  const shared = join(machine.work, 'shared-sources')
  await mkdir(shared)
  await writeFile(join(shared, 'words.ts'), "export const words = 'From elsewhere'")
  const folder = await writePlugin(join(machine.work, 'linked'), {
    files: { 'src/index.tsx': "import { words } from './shared/words.ts'\nexport const Card = () => words" },
  })
  await symlink(shared, join(folder, 'src/shared'))
  await symlink(folder, join(machine.work, 'link-to-it'))
  const dev = await develop(join(machine.work, 'link-to-it'))
  const { page } = await openPage(dev.url)
  await page.getByText('From elsewhere').waitFor()
  await save(join(shared, 'words.ts'), "export const words = 'Changed elsewhere'")
  await page.getByText('Changed elsewhere').waitFor()
})

test('many quick saves make few builds, and one that changes nothing makes none', async () => {
  const folder = await writePlugin(join(machine.work, 'quick'))
  const dev = await develop(folder)
  const file = join(folder, 'src/words.ts')
  const words = (text: string) => `export const words = '${text}'\n`
  for (let i = 0; i <= 100; i++) await writeFile(file, words(`Save ${i}`))
  const { page } = await openPage(dev.url)
  await page.getByText('Save 100', { exact: true }).waitFor()
  expect(dev.rebuilds()).toBeLessThan(50)
  const before = dev.rebuilds()
  await save(file, words('Save 100'))
  await save(file, words('Last'))
  await page.getByText('Last', { exact: true }).waitFor()
  expect(dev.rebuilds()).toBe(before + 1)
})

test('Ctrl-C ends it with 130 and leaves nothing; so does the end of its folder, with a sentence', async () => {
  const folder = await writePlugin(join(machine.work, 'ended'))
  const dev = await develop(folder)
  const { status, stderr } = await dev.stop()
  expect(status, stderr).toBe(130)
  expect(await machine.leftovers()).toEqual([])

  for (const end of [
    (path: string) => rm(path, { recursive: true }),
    (path: string) => rename(path, `${path}-moved`),
  ]) {
    const gone = await writePlugin(join(machine.work, 'deleted'))
    const other = await develop(gone)
    await end(gone)
    const ended = await other.ended
    expect(ended.status, ended.stderr).toBe(2)
    expect(ended.stderr).toContain('is gone')
    expect(ended.stderr).not.toMatch(/^\s+at /m)
  }
})

/** The status of a request with any header, which fetch() would not send. */
function statusOf(url: string, options: { method?: string; headers?: Record<string, string> }): Promise<number> {
  return new Promise((resolve, reject) => {
    get(url, options, (response) => {
      response.resume()
      resolve(response.statusCode ?? 0)
    }).on('error', reject)
  })
}

test('it serves this machine alone, and its page may ask nobody else', async () => {
  const folder = await writePlugin(join(machine.work, 'closed'), {
    files: { 'src/index.tsx': "fetch('http://127.0.0.2:9/').catch(() => {})\nexport const Card = () => 'closed'" },
  })
  const { url } = await develop(folder)
  const answer = await fetch(url)
  expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'")
  expect(answer.headers.get('cross-origin-resource-policy')).toBe('same-origin')
  expect(answer.headers.get('access-control-allow-origin')).toBeNull()
  expect(await statusOf(url, { headers: { host: 'evil.example' } })).toBe(421)
  expect(await statusOf(url, { method: 'POST' })).toBe(405)
  for (const path of ['nothing', 'page/nothing.js', 'bundle/x/bundle.js', 'page/..%2f..%2fpackage.json', '%00', '//']) {
    expect(await statusOf(`${url}${path}`, {}), path).toBe(404)
  }
  const { page, complaints } = await openPage(url)
  await page.getByText('closed').waitFor()
  await vi.waitFor(() => expect(complaints.join()).toContain('Content Security Policy'), soon)
})

test('a port that is taken, or none, is a mistake in the command line', async () => {
  const folder = await writePlugin(join(machine.work, 'ported'))
  const holder = createServer()
  await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve))
  const { port } = holder.address() as AddressInfo
  const taken = await machine.run(['dev', folder, '--port', String(port)])
  await new Promise((resolve) => holder.close(resolve))
  expect(taken).toMatchObject({ status: 2, stdout: '' })
  expect(taken.stderr).toContain(`Port ${port} of 127.0.0.1 is taken`)
  for (const words of ['http', '-1', '65536', '1.5', '']) {
    const { status, stderr } = await machine.run(['dev', folder, `--port=${words}`])
    expect({ status, named: stderr.includes('is not a port') }, words).toEqual({ status: 2, named: true })
  }
})
