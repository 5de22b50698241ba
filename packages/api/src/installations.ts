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
  shared: Type.Optional(
    Type.Record(Type.String(), Type.String(), {
      description:
        'npm packages that the page has to provide beside React, with their ranges; absent when there are none',
    }),
  ),
  experiment: Type.Union(
    [
      Type.Object({
        id: Type.String({ description: 'Another one for each experiment; with the visitor, it decides who gets what' }),
        share: Type.Integer({ minimum: 0, maximum: 100, description: 'Of a hundred visitors, how many get it' }),
        configuration: Type.Record(Type.String(), Type.Unknown(), { description: 'Without secrets' }),
        startedAt: Time,
      }),
      Type.Null(),
    ],
    { description: 'A second configuration that is tried on a share of the visitors' },
  ),
  sandbox: Type.Union(
    [
      Type.Object({
        url: Type.String({ description: 'Address of the page in which a component runs; its policy is the plugin’s' }),
        required: Type.Boolean({ description: 'The plugin asks for it, so that the tenant cannot do without' }),
      }),
      Type.Null(),
    ],
    { description: 'Null: the components run in the page itself' },
  ),
  findings: Type.Array(Finding, {
    description: 'Warnings: the plugin is deprecated, the version was yanked, a secret cannot be opened',
  }),
  installedBy: Type.String(),
  installedAt: Time,
  updatedAt: Time,
})
export type Installation = Static<typeof Installation>

export const TenantParams = Type.Object({ tenantId: TenantId }, closed)
export const InstallationParams = Type.Object({ tenantId: TenantId, pluginId: PluginId }, closed)

/** What a tenant fills in, by the names of the plugin’s configSchema. */
export const Values = Type.Record(Type.String({ maxLength: 100 }), Type.Unknown())
export const Permissions = Type.Array(Permission, { maxItems: 50, uniqueItems: true })
/** For what other installed plugins would lose by. */
export const ForceQuery = Type.Object(
  {
    force: Type.Optional(
      Type.Boolean({ default: false, description: 'Do it although other installed plugins need what is left' }),
    ),
  },
  closed,
)

/** What has been done to a tenant’s plugin. */
export const historyActions = [
  'installed',
  'enabled',
  'disabled',
  'configured',
  'experimented',
  'sandboxed',
  'updated',
  'rolled-back',
  'uninstalled',
] as const
export const HistoryEntry = Type.Object({
  action: Type.Enum(historyActions),
  version: Version,
  previousVersion: Type.Union([Version, Type.Null()], { description: 'Of an update or a way back: what was left' }),
  by: Type.String(),
  at: Time,
  changed: Type.Array(Type.String(), { description: 'Names of the settings that changed; never a value' }),
})
export type HistoryEntry = Static<typeof HistoryEntry>
export type HistoryAction = HistoryEntry['action']

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
    errors: ['tenant_not_found', 'private_unavailable'],
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
        configuration: Type.Optional(Values),
        grantedPermissions: Type.Optional(Permissions),
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
      'private_unavailable',
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
    errors: ['tenant_not_found', 'installation_not_found', 'private_unavailable'],
  }),
  disablePlugin: route({
    method: 'POST',
    path: '/api/tenants/:tenantId/plugins/:pluginId/disable',
    permission: 'installation:manage',
    summary: 'Take the plugin from the tenant’s pages, keeping its configuration',
    params: InstallationParams,
    status: 200,
    answer: Installation,
    errors: ['tenant_not_found', 'installation_not_found', 'private_unavailable'],
  }),
  uninstallPlugin: route({
    method: 'DELETE',
    path: '/api/tenants/:tenantId/plugins/:pluginId',
    permission: 'installation:manage',
    summary: 'Take the plugin from the tenant, with its configuration; refused while another installed plugin needs it',
    params: InstallationParams,
    query: ForceQuery,
    status: 204,
    errors: ['tenant_not_found', 'installation_not_found', 'plugin_needed'],
  }),
  configurePlugin: route({
    method: 'PUT',
    path: '/api/tenants/:tenantId/plugins/:pluginId/configuration',
    permission: 'installation:manage',
    summary: 'Replace the configuration; a secret that is not sent keeps its value, and null removes it',
    params: InstallationParams,
    body: Type.Object({ configuration: Values }, closed),
    status: 200,
    answer: Installation,
    errors: [
      'tenant_not_found',
      'installation_not_found',
      'configuration_invalid',
      'secrets_unavailable',
      'private_unavailable',
    ],
  }),
  listInstallationHistory: route({
    method: 'GET',
    path: '/api/tenants/:tenantId/plugins/:pluginId/history',
    permission: 'installation:read',
    summary: 'What was done to the tenant’s plugin, newest first; also after it was uninstalled',
    params: InstallationParams,
    query: Type.Object(Paging, closed),
    status: 200,
    answer: page('history', HistoryEntry),
    errors: ['tenant_not_found', 'installation_not_found'],
  }),
}
