import { spawn } from 'node:child_process'
import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises'
import { createServer, type RequestListener, request } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { answerOf, type Machine, openMachine } from './machine.ts'
import { writePlugin } from './small-plugin.ts'

// Each test starts many processes, and the machine may have other work.
vi.setConfig({ testTimeout: 120_000 })

let machine: Machine
beforeAll(async () => {
  machine = await openMachine()
})
afterAll(() => machine.close())

const dryRun = (folder: string, env: Record<string, string> = {}) =>
  machine.run(['publish', folder, '--dry-run', '--offline', '--json'], { env })

/** A proxy that brings every host's requests to one registry, and writes down which hosts were asked for. */
async function openProxy(answer: RequestListener) {
  const asked: string[] = []
  const target = createServer(answer)
  await new Promise<void>((resolve) => target.listen(0, '127.0.0.1', resolve))
  const { port } = target.address() as AddressInfo
  const proxy = createServer((incoming, outgoing) => {
    const { host, pathname } = new URL(incoming.url as string)
    asked.push(host)
    incoming.pipe(
      request({ port, path: pathname, method: incoming.method }, (reply) => {
        outgoing.writeHead(reply.statusCode as number, reply.headers)
        reply.pipe(outgoing)
      }),
    )
  })
  proxy.on('connect', (incoming, client, head) => {
    asked.push(incoming.url as string)
    const upstream = connect(port, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n')
      upstream.write(head)
      upstream.pipe(client).pipe(upstream)
    })
    client.on('error', () => upstream.destroy())
    upstream.on('error', () => client.destroy())
  })
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    target: `http://127.0.0.1:${port}`,
    asked,
    close() {
      for (const server of [proxy, target]) {
        server.closeAllConnections()
        server.close()
      }
    },
  }
}

test('a proxy is used, but not for NO_PROXY and this machine', async () => {
  const plugin = {
    id: 'greeting-card',
    name: 'Greeting card',
    description: 'A card.',
    latestVersion: '1.0.0',
    pricing: { type: 'free' },
    averageRating: 4.5,
    ratingCount: 2,
  }
  const found = { plugins: [plugin], total: 1, facets: { category: [], priceType: [] } }
  const proxy = await openProxy((_, response) =>
    response.setHeader('content-type', 'application/json').end(JSON.stringify(found)),
  )
  const search = (url: string, env: Record<string, string>) =>
    machine.run(['search', 'card', '--api-url', url, '--json'], { env })
  try {
    for (const name of ['HTTP_PROXY', 'http_proxy']) {
      const through = await search('http://plugins.invalid', { [name]: proxy.url })
      expect(through.status, through.stderr).toBe(0)
      expect(proxy.asked.splice(0).join()).toContain('plugins.invalid')
    }
    const past = await search('http://plugins.invalid', { HTTP_PROXY: proxy.url, NO_PROXY: '.invalid' })
    expect(past.status, past.stderr).toBe(7)
    const near = await search(proxy.target, { HTTP_PROXY: proxy.url })
    expect(near.status, near.stderr).toBe(0)
    expect(proxy.asked).toEqual([])
  } finally {
    proxy.close()
  }
  const gone = await search('http://plugins.invalid', { HTTP_PROXY: proxy.url })
  expect(gone.status, gone.stderr).toBe(7)
  expect(answerOf(gone).error.fix).toContain('NO_PROXY')
  const wrong = await search('http://plugins.invalid', { HTTP_PROXY: 'http://:x:y' })
  expect(wrong.status, wrong.stderr).toBe(2)
  expect(answerOf(wrong).error.code).toBe('settings_invalid')
})

test('a clock that is years off changes nothing of the package', async () => {
  const folder = await writePlugin(join(machine.work, 'timeless'))
  const right = await dryRun(folder)
  expect(right.status, right.stderr).toBe(0)
  for (const year of [1971, 2099]) {
    const clock = join(machine.folder, `clock-${year}.cjs`)
    await writeFile(clock, `const now = Date.now; const off = Date.UTC(${year}) - now(); Date.now = () => now() + off`)
    const wrong = await dryRun(folder, { NODE_OPTIONS: `--require=${clock}` })
    expect(wrong.status, wrong.stderr).toBe(0)
    expect(answerOf(wrong).digest).toBe(answerOf(right).digest)
  }
})

test('a plugin in a monorepo finds hoisted packages and their programs, also through a link', async () => {
  const root = join(machine.work, 'monorepo')
  const folder = await writePlugin(join(root, 'packages/card'), {
    files: {
      'src/words.ts': "import { greet } from 'greetings'\nexport const words: string = greet()\n",
      'package.json': '{ "scripts": { "test": "greetings-test" } }',
    },
  })
  const hoisted = join(root, 'node_modules/greetings')
  const program = join(root, 'node_modules/.bin/greetings-test')
  await Promise.all([mkdir(hoisted, { recursive: true }), mkdir(join(program, '..'), { recursive: true })])
  await writeFile(join(hoisted, 'index.js'), 'export const greet = () => document.title\n')
  await writeFile(join(hoisted, 'package.json'), '{ "name": "greetings", "version": "1.2.3", "type": "module" }')
  await writeFile(program, '#!/bin/sh\nexit 0\n')
  await chmod(program, 0o755)
  await symlink(folder, join(machine.work, 'linked'))
  const digests = []
  for (const place of [folder, join(machine.work, 'linked')]) {
    const run = await dryRun(place)
    expect(run.status, run.stderr).toBe(0)
    expect(run.stderr).toMatch(/Test .*passed/)
    expect(run.stderr).toContain('1 package bundled')
    digests.push(answerOf(run).digest)
  }
  expect(digests[1]).toBe(digests[0])
})

test('names with spaces and emoji are packed; a line end in one is refused and shown as text', async () => {
  const files = { 'assets/a card.txt': 'x', 'assets/😀.txt': 'x' }
  const good = await dryRun(await writePlugin(join(machine.work, 'named'), { files }))
  expect(good.status, good.stderr).toBe(0)
  expect(answerOf(good).files.map(({ path }: { path: string }) => path)).toEqual(
    expect.arrayContaining(Object.keys(files)),
  )
  const folder = await writePlugin(join(machine.work, 'broken-name'), { files: { 'assets/two\nlines.txt': 'x' } })
  const bad = await machine.run(['publish', folder, '--dry-run', '--offline'])
  expect(bad.status, bad.stderr).toBe(3)
  expect(bad.stdout).toContain('archive-path-control  assets/two\\u{a}lines.txt')
})

test('a terminal of one column, or that says it has none, gets the same words', async () => {
  const folder = await writePlugin(join(machine.work, 'narrow'))
  for (const columns of [0, 1]) {
    const command = `stty cols ${columns} rows ${columns}; NO_COLOR=1 COLUMNS=${columns} '${process.execPath}' '${machine.program}' validate '${folder}'`
    const child = spawn('script', ['--quiet', '--return', '--command', command, '/dev/null'], { env: machine.env })
    child.stdin.end()
    const [screen, status] = await Promise.all([
      child.stdout.toArray(),
      new Promise<number | null>((resolve) => child.once('close', resolve)),
    ])
    expect([status, Buffer.concat(screen).toString()]).toEqual([0, '✔ small-plugin 1.2.3 is valid.\r\n'])
  }
})
