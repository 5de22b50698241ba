import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Installation } from '@plexica/api'
import { type BuiltBundle, integrityOf } from './build-plugin.ts'

export const tenant = 'acme'
export const token = 'a-token-of-the-tenant'

export type NewPlugin = Pick<Installation, 'pluginId' | 'components'> &
  Partial<Pick<Installation, 'version' | 'configuration' | 'grantedPermissions'>> & { bundle: BuiltBundle }

/** Answers as the registry does where a host asks it, over real HTTP on another origin than the page's. */
export interface RegistryFixture {
  url: string
  install(plugin: NewPlugin): void
  change(pluginId: string, change: Partial<Installation>): void
  uninstall(pluginId: string): void
  /** Changes one byte of a served script, and leaves its integrity value. */
  flipByte(pluginId: string, matching: RegExp): void
  /** Serves a script that has no integrity value beside the others. */
  removeIntegrity(pluginId: string): void
  /** Answers bundles with this status; 200 puts them back. */
  answerBundles(status: number): void
  close(): Promise<void>
}

export async function serveRegistry(): Promise<RegistryFixture> {
  const installations = new Map<string, Installation>()
  const files = new Map<string, Uint8Array>()
  let bundleStatus = 200
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://registry')
    if (pathname.startsWith('/plugins/bundles/')) sendFile(response, files.get(pathname), bundleStatus)
    else if (pathname === `/api/tenants/${tenant}/plugins`) sendList(request, response, searchParams, installations)
    else sendProblem(response, 404, 'not_found')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  const known = (pluginId: string): Installation => {
    const installation = installations.get(pluginId)
    if (!installation) throw new Error(`${pluginId} is not installed in this test`)
    return installation
  }

  return {
    url,
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
        installedBy: 'ann',
        installedAt: now,
        updatedAt: now,
        ...plugin,
      })
    },
    change(pluginId, change) {
      installations.set(pluginId, { ...known(pluginId), ...change })
    },
    uninstall(pluginId) {
      installations.delete(known(pluginId).pluginId)
    },
    flipByte(pluginId, matching) {
      const path = [...files.keys()].find((name) => name.includes(`/${pluginId}/`) && matching.test(name))
      const bytes = path && files.get(path)
      if (!bytes) throw new Error(`no script of ${pluginId} matches ${matching}`)
      const text = new TextDecoder().decode(bytes)
      // Inside of a string, so that the script would run if it were let.
      const at = text.indexOf('Welcome') === -1 ? text.indexOf('clicks') : text.indexOf('Welcome')
      if (at === -1) throw new Error(`${path} has no word to change`)
      const flipped = bytes.slice()
      flipped[at] = (bytes[at] ?? 0) ^ 0x20
      files.set(path, flipped)
    },
    removeIntegrity(pluginId) {
      const { bundle } = known(pluginId)
      if (bundle) this.change(pluginId, { bundle: { ...bundle, files: bundle.files.map((f) => ({ ...f, integrity: '' })) } })
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

const cors = { 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' }

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

function sendList(
  request: IncomingMessage,
  response: ServerResponse,
  query: URLSearchParams,
  installations: ReadonlyMap<string, Installation>,
) {
  if (request.method === 'OPTIONS') {
    response.writeHead(204, { ...cors, 'access-control-allow-headers': 'authorization', 'access-control-max-age': '600' })
    response.end()
    return
  }
  if (request.headers.authorization !== `Bearer ${token}`) return sendProblem(response, 401, 'not_authenticated')
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
