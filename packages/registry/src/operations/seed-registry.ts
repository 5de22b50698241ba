import type { ApiKey, Tenant } from '@plexica/api'
import { createKey } from '../auth/create-key.ts'
import type { KeyRequest } from '../auth/key-rules.ts'
import { insertTenant } from '../tenants/tenant-store.ts'
import type { World } from '../world.ts'

const tenants = [
  { id: 'acme', name: 'Acme Outfitters' },
  { id: 'globex', name: 'Globex Trading' },
]

const people: KeyRequest[] = [
  { subject: 'root', role: 'super-admin' },
  { subject: 'pia', role: 'publisher' },
  { subject: 'ada', role: 'tenant-admin', tenantId: 'acme' },
  { subject: 'tom', role: 'tenant-user', tenantId: 'acme' },
]

/** Tenants and one person of each role, for a first look. Tenants that exist stay as they are; keys are new each time. */
export async function seedRegistry(world: World): Promise<{ tenants: Tenant[]; keys: ({ key: string } & ApiKey)[] }> {
  const createdAt = world.now().toISOString()
  const rows = tenants.map((tenant) => ({ ...tenant, createdAt }))
  for (const tenant of rows) await insertTenant(world.db, tenant)
  const keys = []
  for (const person of people) keys.push(await createKey(world, { ...person, description: 'Made by seed' }))
  return { tenants: rows, keys }
}
