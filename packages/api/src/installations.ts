import { Component, Digest, Finding, Permission, PluginId, TenantId, Version } from '@plexica/manifest-schema'
import type { Static } from 'typebox'
import Type from 'typebox'
import { route } from './route.ts'
import { closed, Paging, page, Time } from './shapes.ts'

/** Everything a host needs to run a plugin for a tenant. */
export const Installation = Type.Object({
  pluginId: PluginId,
  tenantId: TenantId,
  name: Type.String(),
  version: Version,
  digest: Digest,
  enabled: Type.Boolean(),
  configuration: Type.Record(Type.String(), Type.Unknown(), { description: 'Without secrets' }),
  secrets: Type.Array(Type.String(), { description: 'Names of the secret values that are set' }),
  grantedPermissions: Type.Array(Permission),
  components: Type.Array(Component),
  bundle: Type.Union(
    [
      Type.Object({
        url: Type.String({ description: 'Address of bundle.js' }),
        files: Type.Array(Type.Object({ url: Type.String(), integrity: Type.String() }), {
          description: 'Every script of the bundle, bundle.js first',
        }),
      }),
      Type.Null(),
    ],
    { description: 'Null for a plugin without a frontend' },
  ),
  findings: Type.Array(Finding, { description: 'Warnings: the plugin is deprecated, the version was yanked' }),
  installedBy: Type.String(),
  installedAt: Time,
  updatedAt: Time,
})
export type Installation = Static<typeof Installation>

const TenantParams = Type.Object({ tenantId: TenantId }, closed)
const InstallationParams = Type.Object({ tenantId: TenantId, pluginId: PluginId }, closed)

export const installationRoutes = {
  listInstallations: route({
    method: 'GET',
    path: '/api/tenants/:tenantId/plugins',
    permission: 'installation:read',
    summary: 'The tenant’s plugins, by id',
    params: TenantParams,
    query: Type.Object({ ...Paging, enabled: Type.Optional(Type.Boolean()) }, closed),
    status: 200,
    answer: page('installations', Installation),
    errors: ['tenant_not_found'],
  }),
  installPlugin: route({
    method: 'POST',
    path: '/api/tenants/:tenantId/plugins/:pluginId/install',
    permission: 'installation:manage',
    summary: 'Install a published version; installing the same version again changes nothing',
    params: InstallationParams,
    body: Type.Object(
      {
        version: Type.Optional(
          Type.String({ minLength: 1, maxLength: 128, default: 'latest', description: 'Exact, a channel or a range' }),
        ),
        configuration: Type.Optional(Type.Record(Type.String({ maxLength: 100 }), Type.Unknown())),
        grantedPermissions: Type.Optional(Type.Array(Permission, { maxItems: 50, uniqueItems: true })),
      },
      closed,
    ),
    status: 201,
    answer: Installation,
    errors: [
      'tenant_not_found',
      'plugin_not_found',
      'version_not_found',
      'already_installed',
      'configuration_invalid',
      'permissions_not_granted',
      'incompatible',
      'secrets_unavailable',
    ],
  }),
  enablePlugin: route({
    method: 'POST',
    path: '/api/tenants/:tenantId/plugins/:pluginId/enable',
    permission: 'installation:manage',
    summary: 'Show the plugin in the tenant’s pages',
    params: InstallationParams,
    status: 200,
    answer: Installation,
    errors: ['tenant_not_found', 'installation_not_found'],
  }),
  disablePlugin: route({
    method: 'POST',
    path: '/api/tenants/:tenantId/plugins/:pluginId/disable',
    permission: 'installation:manage',
    summary: 'Take the plugin from the tenant’s pages, keeping its configuration',
    params: InstallationParams,
    status: 200,
    answer: Installation,
    errors: ['tenant_not_found', 'installation_not_found'],
  }),
}
