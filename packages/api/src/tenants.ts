import { TenantId } from '@plexica/manifest-schema'
import type { Static } from 'typebox'
import Type from 'typebox'
import { route } from './route.ts'
import { closed, Paging, page, Time } from './shapes.ts'

export const Tenant = Type.Object({
  id: TenantId,
  name: Type.String({ maxLength: 100, pattern: '\\S' }),
  createdAt: Time,
})
export type Tenant = Static<typeof Tenant>

export const tenantRoutes = {
  listTenants: route({
    method: 'GET',
    path: '/api/tenants',
    permission: 'tenant:manage',
    summary: 'Tenants, by id',
    query: Type.Object(Paging, closed),
    status: 200,
    answer: page('tenants', Tenant),
    errors: [],
  }),
  createTenant: route({
    method: 'POST',
    path: '/api/tenants',
    permission: 'tenant:manage',
    summary: 'Add a tenant',
    body: Type.Object({ id: TenantId, name: Tenant.properties.name }, closed),
    status: 201,
    answer: Tenant,
    errors: ['tenant_exists'],
  }),
}
