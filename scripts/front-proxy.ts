import { spawn, spawnSync } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, request as forward, type IncomingMessage, type ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { freePort } from './free-port.ts'

export interface FrontProxy {
  readonly url: string
  readonly kind: string
  stop(): Promise<void>
}

/** What stands in front of several registries: nginx as it is shipped where there is one, or a small stand-in. */
export async function startProxy(ports: readonly number[]): Promise<FrontProxy> {
  return spawnSync('nginx', ['-v']).status === 0 ? startNginx(ports) : startStandIn(ports)
}

/** The shipped configuration, with the addresses and folders of this run. */
async function nginxConfig(ports: readonly number[], port: number, folder: string): Promise<string> {
  const shipped = await readFile(join(import.meta.dirname, '../deploy/nginx.conf'), 'utf8')
  return shipped
    .replace(/registry-(\d):4873/g, (_, number) => `127.0.0.1:${ports[Number(number) - 1]}`)
    .replace('listen 8080;', `listen 127.0.0.1:${port};`)
    .replaceAll('/tmp/nginx', join(folder, 'nginx'))
}

async function startNginx(ports: readonly number[]): Promise<FrontProxy> {
  // Workers are another user where the master is root, and have to get through to what they write.
  const folder = await mkdtemp(join(tmpdir(), 'plexica-nginx-'))
  spawnSync('chmod', ['755', folder])
  await mkdir(join(folder, 'logs'))
  const port = await freePort()
  const path = join(folder, 'nginx.conf')
  await writeFile(path, await nginxConfig(ports, port, folder))
  const child = spawn('nginx', ['-p', folder, '-c', path, '-g', 'daemon off;'], { stdio: 'ignore', detached: true })
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const url = `http://127.0.0.1:${port}`
  for (const until = Date.now() + 10_000; !(await fetch(`${url}/metrics`).catch(() => undefined)); await wait(50)) {
    if (Date.now() > until) throw new Error('nginx does not start')
  }
  const stop = async () => {
    child.kill('SIGTERM')
    await ended
    await rm(folder, { recursive: true, force: true })
  }
  return { url, kind: 'nginx', stop }
}

/** Gives requests to the registries in turn; one that cannot be reached, or ends a GET before its answer, is passed over. */
async function startStandIn(ports: readonly number[]): Promise<FrontProxy> {
  let turn = 0
  const server = createServer((request, response) => {
    const first = turn++
    pass(request, response, ports, first, 0)
  })
  server.keepAliveTimeout = 60_000
  const port = await freePort()
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const stop = async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  return { url: `http://127.0.0.1:${port}`, kind: 'stand-in', stop }
}

function pass(
  request: IncomingMessage,
  response: ServerResponse,
  ports: readonly number[],
  first: number,
  tries: number,
): void {
  const { method = 'GET', url = '/', headers } = request
  const port = ports[(first + tries) % ports.length]
  // A connection of its own, so that there is a moment at which it is known to be there.
  const onward = forward({ host: '127.0.0.1', port, method, path: url, headers, agent: false }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers)
    answer.on('error', () => response.destroy())
    answer.pipe(response)
  })
  onward.on('error', (error: NodeJS.ErrnoException) => {
    const again = error.code === 'ECONNREFUSED' ? request.readableFlowing !== true : method === 'GET'
    if (response.headersSent) response.destroy()
    else if (again && tries + 1 < ports.length) pass(request, response, ports, first, tries + 1)
    else response.writeHead(502).end()
  })
  // A body is sent when somebody is there to take it: until then it can go to the next one.
  if (method === 'GET' || method === 'HEAD') onward.end()
  else onward.once('socket', (socket) => socket.once('connect', () => request.pipe(onward)))
}
