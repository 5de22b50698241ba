import { type Role, type Route, type RoutePermission, roles, routes } from '@plexica/api'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestRegistry, type TestRegistry } from './test-registry.ts'

/** Who may use the routes of each permission: said here once more, by hand. */
const allowed: Record<RoutePermission, readonly Role[]> = {
  public: ['super-admin', 'publisher', 'tenant-admin', 'tenant-user'],
  'account:read': ['super-admin', 'publisher', 'tenant-admin', 'tenant-user'],
  'plugin:publish': ['super-admin', 'publisher'],
  'plugin:read-drafts': ['super-admin', 'publisher'],
  'plugin:manage': ['super-admin', 'publisher'],
  'version:delete': ['super-admin'],
  'review:decide': ['super-admin'],
  'rating:write': ['tenant-admin', 'tenant-user'],
  'rating:delete': ['super-admin', 'tenant-admin', 'tenant-user'],
  'rating:reply': ['super-admin', 'publisher'],
  'rating:report': ['super-admin', 'publisher', 'tenant-admin', 'tenant-user'],
  'rating:moderate': ['super-admin'],
  'telemetry:report': ['tenant-user', 'tenant-admin', 'super-admin'],
  'installation:read': ['super-admin', 'tenant-admin', 'tenant-user'],
  'installation:manage': ['super-admin', 'tenant-admin'],
  'webhook:manage': ['super-admin', 'publisher', 'tenant-admin'],
  'tenant:manage': ['super-admin'],
  'registry:observe': ['super-admin'],
  'key:manage': ['super-admin', 'publisher', 'tenant-admin', 'tenant-user'],
  'audit:read': ['super-admin'],
  'audit:read-tenant': ['super-admin', 'tenant-admin'],
}

let registry: TestRegistry
const keys = new Map<string, string>()

beforeAll(async () => {
  registry = await startTestRegistry()
  const root = await registry.person('root', 'super-admin')
  for (const id of ['acme', 'globex']) await root.client.createTenant({ body: { id, name: id } })
  for (const role of roles) {
    const tenant = role.startsWith('tenant-') ? 'acme' : undefined
    keys.set(role, (await registry.person(`some-${role}`, role, tenant)).key)
  }
})
afterAll(() => registry.stop())

/** A request that is authorised or refused before anybody looks whether it makes sense. */
async function call(row: Route, caller: Role | 'anonymous', tenantId: string) {
  const names: Record<string, string> = { tenantId, pluginId: 'no-such-plugin', version: '1.0.0', path: 'bundle.js' }
  const path = row.path.replace(/[:*](\w+)/g, (_, name: string) => names[name] ?? 'none')
  const headers = new Headers()
  const key = keys.get(caller)
  if (key) headers.set('authorization', `Bearer ${key}`)
  const isPackage = row.body !== undefined && 'contentType' in row.body
  if (row.body) headers.set('content-type', isPackage ? 'application/gzip' : 'application/json')
  const response = await fetch(registry.url + path, {
    method: row.method,
    headers,
    ...(row.body ? { body: isPackage ? new Uint8Array(0) : '{}' } : {}),
  })
  // A stream of events would go on.
  if (response.headers.get('content-type')?.startsWith('text/event-stream')) {
    await response.body?.cancel()
    return { status: response.status, code: undefined }
  }
  const text = await response.text()
  const code = response.ok ? undefined : (JSON.parse(text).code as string)
  return { status: response.status, code }
}

const rows = Object.entries<Route>(routes).map(([operation, row]) => ({ operation, row }))

describe.each(rows)('$operation', ({ row }) => {
  const may = allowed[row.permission]
  const ofTenant = row.path.includes(':tenantId')

  test('asks an anonymous caller for a key unless it is public', async () => {
    const { status, code } = await call(row, 'anonymous', 'acme')
    if (row.permission === 'public') expect([401, 403]).not.toContain(status)
    else expect({ status, code }).toEqual({ status: 401, code: 'key_missing' })
  })

  test.each(roles.map((role) => [role] as const))('lets a %s in, or not', async (role) => {
    const { status, code } = await call(row, role, 'acme')
    const isOutside = ofTenant && role === 'publisher'
    if (isOutside) expect({ status, code }).toEqual({ status: 404, code: 'tenant_not_found' })
    else if (!may.includes(role)) expect({ status, code }).toEqual({ status: 403, code: 'not_allowed' })
    else {
      expect([401, 403]).not.toContain(status)
      expect(status).toBeLessThan(500)
      expect(code).not.toBe('tenant_not_found')
    }
  })
})

describe.each(rows.filter(({ row }) => row.path.includes(':tenantId')))('$operation', ({ row }) => {
  test.each(['tenant-admin', 'tenant-user'] as const)('knows no other tenant for a %s', async (role) => {
    for (const tenant of ['globex', 'no-such-tenant']) {
      expect(await call(row, role, tenant)).toEqual({ status: 404, code: 'tenant_not_found' })
    }
  })
})
