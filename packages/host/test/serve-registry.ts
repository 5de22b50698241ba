import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Installation, PluginReport } from '@plexica/api'
import { type BuiltBundle, integrityOf } from './build-plugin.ts'
import { type EventsFixture, serveEvents } from './serve-events.ts'

export const tenant = 'acme'
export const token = 'a-token-of-the-tenant'

export type NewPlugin = Pick<Installation, 'pluginId' | 'components'> &
  Partial<Pick<Installation, 'version' | 'configuration' | 'grantedPermissions' | 'shared' | 'sandbox'>> & {
    bundle: BuiltBundle
  }

/** Answers as the registry does where a host asks it, over real HTTP on another origin than the page's. */
export interface RegistryFixture {
  url: string
  install(plugin: NewPlugin): void
  change(pluginId: string, change: Partial<Installation>): void
  uninstall(pluginId: string): void
  /** Changes one byte of a script, in a word of its texts so that it would still run. Its integrity value stays. */
  flipByte(pluginId: string, script: RegExp, word: string): void
  /** Lists the scripts without their integrity values. */
  removeIntegrity(pluginId: string): void
  /** Answers bundles with this status; 200 puts them back. */
  answerBundles(status: number): void
  readonly events: EventsFixture
  /** How often the list of plugins was given out. */
  listed(): number
  /** What pages have told, batch by batch. */
  readonly told: readonly (readonly PluginReport[])[]
  close(): Promise<void>
}

export async function serveRegistry(): Promise<RegistryFixture> {
  const installations = new Map<string, Installation>()
  const files = new Map<string, Uint8Array>()
  const events = serveEvents(cors)
  const told: PluginReport[][] = []
  let bundleStatus = 200
  let listed = 0
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://registry')
    if (pathname.startsWith('/plugins/bundles/')) return sendFile(response, files.get(pathname), bundleStatus)
    if (request.method === 'OPTIONS') return allow(response)
    if (request.headers.authorization !== `Bearer ${token}`) return sendProblem(response, 401, 'not_authenticated')
    if (pathname === `/api/tenants/${tenant}/plugins`) {
      listed++
      sendList(response, searchParams, installations)
    } else if (pathname === `/api/tenants/${tenant}/events`) {
      const status = events.serve(response)
      if (status !== 200) sendProblem(response, status, 'refused')
    } else if (pathname === `/api/tenants/${tenant}/telemetry` && request.method === 'POST') {
      takeReports(request, told).then(() => response.writeHead(204, cors).end())
    } else sendProblem(response, 404, 'not_found')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  const known = (pluginId: string): Installation => {
    const installation = installations.get(pluginId)
    if (!installation) throw new Error(`${pluginId} is not installed in this test`)
    return installation
  }

  const change = (pluginId: string, changed: Partial<Installation>) => {
    installations.set(pluginId, { ...known(pluginId), ...changed })
  }

  return {
    url,
    events: events.fixture,
    listed: () => listed,
    told,
    install({ pluginId, version = '1.0.0', bundle, ...plugin }) {
      const folder = `/plugins/bundles/${pluginId}/v${version}/`
      const scripts = [...bundle].map(([path, bytes]) => {
        files.set(folder + path, bytes)
        return { url: url + folder + path, integrity: integrityOf(bytes) }
      })
      const now = new Date().toISOString()
      installations.set(pluginId, {
        pluginId,
        tenantId: tenant,
        name: `The ${pluginId}`,
        version,
        digest: `sha256-${createHash('sha256').update(JSON.stringify(scripts)).digest('hex')}`,
        enabled: true,
        configuration: {},
        secrets: [],
        grantedPermissions: [],
        bundle: { url: `${url}${folder}bundle.js`, files: scripts },
        experiment: null,
        sandbox: null,
        findings: [],
        installedBy: 'ann',
        installedAt: now,
        updatedAt: now,
        ...plugin,
      })
    },
    change,
    uninstall(pluginId) {
      installations.delete(known(pluginId).pluginId)
    },
    flipByte(pluginId, script, word) {
      const path = [...files.keys()].find((name) => name.includes(`/${pluginId}/`) && script.test(name))
      const bytes = path && files.get(path)
      if (!bytes) throw new Error(`no script of ${pluginId} matches ${script}`)
      const at = Buffer.from(bytes).indexOf(word)
      if (at === -1) throw new Error(`${path} has no “${word}”`)
      files.set(path, bytes.with(at, (bytes[at] ?? 0) ^ 0x20))
    },
    removeIntegrity(pluginId) {
      const { bundle } = known(pluginId)
      const bare = (bundle?.files ?? []).map((file) => ({ ...file, integrity: '' }))
      change(pluginId, { bundle: bundle && { ...bundle, files: bare } })
    },
    answerBundles(status) {
      bundleStatus = status
    },
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

const cors = {
  'access-control-allow-origin': '*',
  'cross-origin-resource-policy': 'cross-origin',
  'timing-allow-origin': '*',
}

function sendFile(response: ServerResponse, bytes: Uint8Array | undefined, status: number) {
  if (status !== 200) return sendProblem(response, status, 'storage_unavailable')
  if (!bytes) return sendProblem(response, 404, 'file_not_found')
  response.writeHead(200, {
    ...cors,
    'content-type': 'text/javascript; charset=utf-8',
    'cache-control': 'public, max-age=31536000, immutable',
    'x-content-type-options': 'nosniff',
  })
  response.end(bytes)
}

function allow(response: ServerResponse) {
  const headers = { 'access-control-allow-headers': 'authorization, content-type', 'access-control-max-age': '600' }
  response.writeHead(204, { ...cors, ...headers }).end()
}

async function takeReports(request: IncomingMessage, told: PluginReport[][]) {
  told.push(JSON.parse(Buffer.concat(await request.toArray()).toString()).reports)
}

function sendList(response: ServerResponse, query: URLSearchParams, installations: ReadonlyMap<string, Installation>) {
  const skip = Number(query.get('skip') ?? 0)
  const take = Number(query.get('take') ?? 20)
  if (take > 100) return sendProblem(response, 400, 'input_invalid')
  const wanted = query.get('enabled') === 'true'
  const list = [...installations.values()].filter(({ enabled }) => enabled || !wanted)
  list.sort((a, b) => (a.pluginId < b.pluginId ? -1 : 1))
  response.writeHead(200, { ...cors, 'content-type': 'application/json' })
  response.end(JSON.stringify({ installations: list.slice(skip, skip + take), skip, take, total: list.length }))
}

function sendProblem(response: ServerResponse, status: number, code: string) {
  const problem = { type: `/errors/${code}`, title: code, status, code, detail: `It is ${code}.`, fix: 'Look again.' }
  response.writeHead(status, { ...cors, 'content-type': 'application/problem+json' })
  response.end(JSON.stringify(problem))
}
