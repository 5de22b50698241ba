import type { Handler } from '../http/handler.ts'
import { RegistryError } from '../http/registry-error.ts'
import { insertTenant, listTenants as listTenantRows } from './tenant-store.ts'

const listTenants: Handler<'listTenants'> = async ({ world, query: { skip = 0, take = 20 } }) =>
  listTenantRows(world.db, { skip, take })

const createTenant: Handler<'createTenant'> = async ({ world, body, about }) => {
  about({ tenantId: body.id })
  const tenant = { ...body, createdAt: world.now().toISOString() }
  if (await insertTenant(world.db, tenant)) return tenant
  throw new RegistryError('tenant_exists', `There is a tenant ${body.id}.`)
}

export const tenantHandlers = { listTenants, createTenant }
