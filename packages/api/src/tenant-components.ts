import { Component, ExtensionPointName, PluginId, Version } from '@plexica/manifest-schema'
import type { Static } from 'typebox'
import Type from 'typebox'
import { TenantParams } from './installations.ts'
import { route } from './route.ts'
import { closed, Paging, page } from './shapes.ts'

/** A component that a tenant’s pages may show. */
export const TenantComponent = Type.Object({
  pluginId: PluginId,
  version: Version,
  ...Component.properties,
  bundle: Type.Object({
    url: Type.String({ description: 'Address of bundle.js, which has the export' }),
    integrity: Type.String({ description: 'Subresource Integrity value' }),
  }),
})
export type TenantComponent = Static<typeof TenantComponent>

export const tenantComponentRoutes = {
  listTenantComponents: route({
    method: 'GET',
    path: '/api/tenants/:tenantId/components',
    permission: 'installation:read',
    summary: 'The components of the tenant’s enabled plugins; with an ETag, so that asking again costs little',
    params: TenantParams,
    query: Type.Object(
      {
        ...Paging,
        extensionPoint: Type.Optional(
          Type.Unsafe<string>({ ...ExtensionPointName, description: 'Only its components' }),
        ),
        type: Type.Optional(Type.Enum(['puck'], { description: 'Only those for the page editor' })),
      },
      closed,
    ),
    status: 200,
    answer: page('components', TenantComponent),
    errors: ['tenant_not_found', 'private_unavailable'],
  }),
}
