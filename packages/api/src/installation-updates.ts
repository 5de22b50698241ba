import { Finding, Permission, PluginId, Version } from '@plexica/manifest-schema'
import type { Static } from 'typebox'
import Type from 'typebox'
import { ForceQuery, Installation, InstallationParams, Permissions, TenantParams, Values } from './installations.ts'
import { route } from './route.ts'
import { closed, Paging, page, Time } from './shapes.ts'

const Host = Type.String({ minLength: 1, maxLength: 253 })

/** What a newer version would bring to a tenant that has an older one. */
export const InstallationUpdate = Type.Object({
  pluginId: PluginId,
  name: Type.String(),
  installed: Version,
  version: Type.Unsafe<string>({
    ...Version,
    description: 'The newest that runs on this platform; where none does, the newest of all',
  }),
  publishedAt: Type.Union([Time, Type.Null()]),
  compatible: Type.Boolean({ description: 'Whether it runs on this platform' }),
  changelog: Type.Array(
    Type.Object({
      version: Version,
      publishedAt: Type.Union([Time, Type.Null()]),
      text: Type.Union([Type.String(), Type.Null()], { description: 'Markdown, cut off when it is very long' }),
    }),
    { description: 'Of the versions after the installed one, newest first, twenty at most' },
  ),
  newPermissions: Type.Array(Permission, { description: 'To be granted in `grantedPermissions`' }),
  newHosts: Type.Array(Host, { description: 'To be accepted in `acceptedHosts`' }),
  configurationFits: Type.Boolean({ description: 'Whether the configuration carries over without a question' }),
  findings: Type.Array(Finding, {
    description: 'Errors stand in the way of the update or have to be answered with it; the others are for information',
  }),
})
export type InstallationUpdate = Static<typeof InstallationUpdate>

const changed = [
  'tenant_not_found',
  'installation_not_found',
  'incompatible',
  'plugin_needed',
  'private_unavailable',
] as const

export const installationUpdateRoutes = {
  getInstallationUpdate: route({
    method: 'GET',
    path: '/api/tenants/:tenantId/plugins/:pluginId/updates',
    permission: 'installation:read',
    summary: 'The update that the tenant’s plugin can have, and what it would bring',
    params: InstallationParams,
    status: 200,
    answer: Type.Object({
      pluginId: PluginId,
      installed: Version,
      update: Type.Union([InstallationUpdate, Type.Null()], { description: 'Null when there is none' }),
    }),
    errors: ['tenant_not_found', 'installation_not_found'],
  }),
  listInstallationUpdates: route({
    method: 'GET',
    path: '/api/tenants/:tenantId/updates',
    permission: 'installation:read',
    summary: 'The updates that the tenant’s plugins can have, by id',
    params: TenantParams,
    query: Type.Object(Paging, closed),
    status: 200,
    answer: page('updates', InstallationUpdate),
    errors: ['tenant_not_found'],
  }),
  updateInstallation: route({
    method: 'POST',
    path: '/api/tenants/:tenantId/plugins/:pluginId/update',
    permission: 'installation:manage',
    summary: 'Change to another published version, carrying the configuration over; the same version changes nothing',
    params: InstallationParams,
    query: ForceQuery,
    body: Type.Object(
      {
        version: Type.Optional(
          Type.String({
            minLength: 1,
            maxLength: 128,
            description: 'Exact, a channel or a range; without it the newest that runs on this platform',
          }),
        ),
        configuration: Type.Optional(
          Type.Unsafe<Record<string, unknown>>({ ...Values, description: 'What differs from what is carried over' }),
        ),
        grantedPermissions: Type.Optional(Permissions),
        acceptedHosts: Type.Optional(Type.Array(Host, { maxItems: 50, uniqueItems: true })),
      },
      closed,
    ),
    status: 200,
    answer: Installation,
    errors: [
      ...changed,
      'version_not_found',
      'permissions_not_granted',
      'hosts_not_accepted',
      'configuration_invalid',
      'secrets_unavailable',
    ],
  }),
  rollbackInstallation: route({
    method: 'POST',
    path: '/api/tenants/:tenantId/plugins/:pluginId/rollback',
    permission: 'installation:manage',
    summary: 'Undo the last update: the version before, with the configuration, secrets and permissions that it had',
    params: InstallationParams,
    query: ForceQuery,
    status: 200,
    answer: Installation,
    errors: [...changed, 'no_previous_version', 'previous_version_deleted'],
  }),
}
