import { createServer as createHttpServer, type RequestListener } from 'node:http'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { answerOf, contentOf, type Machine, openMachine } from './machine.ts'

// Each test starts many processes, and the machine may have other work.
vi.setConfig({ testTimeout: 120_000 })

/** What stands where the registry should be: these tests are about the absence of one. */
const servers: { close: () => void }[] = []
let machine: Machine
let plugin: string

beforeAll(async () => {
  machine = await openMachine({ PLEXICA_API_KEY: 'plx_000000000000000000000000000000002wjyrI' })
  plugin = await machine.plugin('lonely-card')
})

afterAll(async () => {
  for (const server of servers) server.close()
  await machine?.close()
})

async function listen(server: Server): Promise<string> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket)).on('error', () => undefined)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const close = () => {
    server.close()
    for (const socket of sockets) socket.destroy()
  }
  servers.push({ close })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const answering = (listener: RequestListener) => listen(createHttpServer(listener))

/** A port at which nobody listens: one that was free a moment ago. */
async function deadAddress(): Promise<string> {
  const address = await listen(createServer())
  servers.pop()?.close()
  return address
}

const publish = (url: string, ...args: string[]) =>
  machine.run(['publish', '--json', '--api-url', url, ...args], { cwd: plugin })

test('no registry: every command says so at once', async () => {
  const url = await deadAddress()
  const commands = [
    ['publish', plugin],
    ['publish', plugin, '--dry-run'],
    ['status', plugin],
    ['whoami'],
    ['search', 'card'],
    ['install', 'lonely-card', '--tenant', 'acme'],
    ['review', 'list'],
  ]
  for (const command of commands) {
    const run = await machine.run([...command, '--json', '--api-url', url])
    expect(run.status, command.join(' ')).toBe(7)
    expect(run.stderr, command.join(' ')).toContain(url)
    expect(run.stderr, command.join(' ')).toContain('fix: Check the registry’s address')
    expect(run.milliseconds, command.join(' ')).toBeLessThan(8_000)
  }
  const login = await machine.run(['login', '--with-key-stdin', '--api-url', url], { stdin: 'plx_any' })
  expect(login.status, login.stderr).toBe(7)
  const unknown = await publish('http://no-such-registry.invalid')
  expect(unknown.status, unknown.stderr).toBe(7)
})

test.concurrent('a registry that accepts and never answers', async () => {
  const url = await listen(createServer())
  const before = await contentOf(plugin)
  for (const args of [[], ['--dry-run'], ['--wait']]) {
    const run = await publish(url, '--timeout', '2', ...args)
    expect(run.status, run.stderr).toBe(7)
    expect(answerOf(run).error.code).toBe('registry_timeout')
    expect(run.milliseconds).toBeGreaterThan(2_000)
    expect(run.milliseconds).toBeLessThan(15_000)
  }
  expect(await contentOf(plugin)).toEqual(before)
})

const ann = { subject: 'ann', role: 'publisher', tenantId: null, keyId: 'k', expiresAt: null }

test.concurrent('a registry that knows the person and never takes the package', async () => {
  const url = await answering((request, response) => {
    if (request.url === '/api/whoami') response.setHeader('content-type', 'application/json').end(JSON.stringify(ann))
  })
  for (const args of [[], ['--dry-run']]) {
    const run = await publish(url, '--timeout', '2', ...args)
    expect(run.stderr).toContain('ann (publisher)')
    expect(run.status, run.stderr).toBe(7)
    expect(answerOf(run).error.code).toBe('registry_timeout')
    expect(run.milliseconds).toBeLessThan(15_000)
  }
})

test.concurrent.each([
  { name: 'a page', status: 200, type: 'text/html', body: '<h1>Welcome</h1>' },
  { name: 'a proxy’s error page', status: 502, type: 'text/html; charset=utf-8', body: '<h1>Bad gateway</h1>' },
  { name: 'a page that says that it is JSON', status: 200, type: 'application/json', body: '<h1>Welcome</h1>' },
  { name: 'an error of another service', status: 403, type: 'application/json', body: '{"message":"no"}' },
  { name: 'nothing', status: 200, type: 'application/json', body: '' },
  { name: 'JSON of another service', status: 200, type: 'application/json', body: '{"hello":"world"}' },
])('$name in the place of an answer', async ({ status, type, body }) => {
  const url = await answering((_, response) => response.writeHead(status, { 'content-type': type }).end(body))
  const run = await publish(url)
  expect(run.status, run.stderr).toBe(7)
  const { code, message, fix } = answerOf(run).error
  expect(code).toBe('registry_answer_invalid')
  expect(message).toContain(url)
  expect(fix).toContain('address')
  expect(`${run.stdout}${run.stderr}`).not.toContain('<h1>')
})

test.concurrent('a connection that breaks', async () => {
  const server = createServer((socket) => {
    socket.once('data', () =>
      socket.end('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 99\r\n\r\n{'),
    )
  })
  for (const url of [await listen(server), await listen(createServer((socket) => void socket.destroy()))]) {
    const run = await publish(url)
    expect(run.status, run.stderr).toBe(7)
    expect(answerOf(run).error.code).toBe('registry_unreachable')
  }
})

test.concurrent('what is no address is a mistake of the command line', async () => {
  for (const url of ['plugins.example.com', 'ftp://plugins.example.com', 'http://ann:secret@plugins.example.com']) {
    const run = await publish(url)
    expect(run.status, run.stderr).toBe(2)
    expect(answerOf(run).error.fix).toContain('http or https')
  }
})
