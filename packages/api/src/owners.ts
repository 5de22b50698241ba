import { PluginId } from '@plexica/manifest-schema'
import type { Static } from 'typebox'
import Type from 'typebox'
import { Subject } from './auth.ts'
import { PluginParams } from './plugins.ts'
import { route } from './route.ts'
import { closed, Time } from './shapes.ts'

/** Everybody who owns a plugin, the longest first; there is always one. */
export const Owners = Type.Object({
  owners: Type.Array(Type.Object({ subject: Subject, addedAt: Time })),
})
export type Owners = Static<typeof Owners>

const OwnerParams = Type.Object({ pluginId: PluginId, subject: Subject }, closed)

export const ownerRoutes = {
  listOwners: route({
    method: 'GET',
    path: '/api/plugins/:pluginId/owners',
    permission: 'public',
    summary: 'Who owns a plugin',
    params: PluginParams,
    status: 200,
    answer: Owners,
    errors: ['plugin_not_found'],
  }),
  addOwner: route({
    method: 'PUT',
    path: '/api/plugins/:pluginId/owners/:subject',
    permission: 'plugin:manage',
    summary: 'Make somebody an owner; what they rated of the plugin is removed',
    params: OwnerParams,
    status: 200,
    answer: Owners,
    errors: ['plugin_not_found', 'not_owner', 'too_many_owners'],
  }),
  removeOwner: route({
    method: 'DELETE',
    path: '/api/plugins/:pluginId/owners/:subject',
    permission: 'plugin:manage',
    summary: 'Take a plugin from one of its owners, but never from the last one',
    params: OwnerParams,
    status: 200,
    answer: Owners,
    errors: ['plugin_not_found', 'not_owner', 'owner_not_found', 'last_owner'],
  }),
}
