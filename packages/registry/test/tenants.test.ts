import { afterAll, beforeAll, expect, test } from 'vitest'
import { refusalOf } from './refusal-of.ts'
import { type Person, startTestRegistry, type TestRegistry } from './test-registry.ts'

let registry: TestRegistry
let root: Person

beforeAll(async () => {
  registry = await startTestRegistry()
  root = await registry.person('root', 'super-admin')
})
afterAll(() => registry.stop())

test('tenants are added once and listed by id, page by page', async () => {
  for (const id of ['globex', 'acme', 'initech']) {
    const body = { id, name: `${id} Inc.` }
    expect(await root.client.createTenant({ body })).toEqual({ ...body, createdAt: expect.any(String) })
  }
  const taken = root.client.createTenant({ body: { id: 'acme', name: 'Impostor' } })
  expect(await refusalOf(taken)).toMatchObject({ code: 'tenant_exists', status: 409 })
  const { tenants, total } = await root.client.listTenants()
  expect(tenants.map(({ name }) => name)).toEqual(['acme Inc.', 'globex Inc.', 'initech Inc.'])
  expect(total).toBe(3)
  expect(await root.client.listTenants({ query: { skip: 1, take: 1 } })).toEqual({ tenants: [tenants[1]], total: 3 })
})

test('of many who add the same one, one does', async () => {
  const body = { id: 'contested', name: 'Contested' }
  const settled = await Promise.allSettled(Array.from({ length: 6 }, () => root.client.createTenant({ body })))
  expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
})

test.each([
  [{ id: 'Acme', name: 'A' }, 'body.id'],
  [{ id: '-acme', name: 'A' }, 'body.id'],
  [{ id: 'a'.repeat(64), name: 'A' }, 'body.id'],
  [{ id: 'ok', name: '' }, 'body.name'],
  [{ id: 'ok', name: '   ' }, 'body.name'],
  [{ id: 'ok' }, 'body'],
  [{ id: 'ok', name: 'A', plan: 'gold' }, 'body'],
])('%j is refused', async (body, path) => {
  expect(await refusalOf(root.client.createTenant({ body: body as never }))).toMatchObject({
    code: 'request_invalid',
    findings: [{ path: expect.stringMatching(`^${path}`) }],
  })
})
