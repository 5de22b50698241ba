import { PluginId, Version } from '@plexica/manifest-schema'
import Type from 'typebox'
import { bytesAnswer, route } from './route.ts'
import { closed } from './shapes.ts'

const FileParams = {
  pluginId: PluginId,
  version: Version,
  path: Type.Array(Type.String({ maxLength: 200 }), { maxItems: 12 }),
}
const fileErrors = [
  'version_not_found',
  'file_not_found',
  'package_removed',
  'package_damaged',
  'storage_unavailable',
  'range_not_satisfiable',
] as const

export const bundleRoutes = {
  getPrivateBundleFile: route({
    method: 'GET',
    path: '/plugins/bundles/~:signed/:pluginId/v:version/*path',
    permission: 'public',
    summary: 'A file of a published version of a private plugin, at an address that an installation gave',
    params: Type.Object(
      {
        signed: Type.String({
          pattern: '^[1-9][0-9]{0,11}\\.([a-z0-9][a-z0-9-]{0,62})?\\.[A-Za-z0-9_-]{43}$',
          description: 'Until when, for which tenant, and the registry’s signature',
        }),
        ...FileParams,
      },
      closed,
    ),
    status: 200,
    answer: bytesAnswer,
    errors: ['address_invalid', 'address_expired', 'private_unavailable', ...fileErrors],
  }),
  getBundleFile: route({
    method: 'GET',
    path: '/plugins/bundles/:pluginId/v:version/*path',
    permission: 'public',
    summary: 'A file of a published version: `bundle.js`, its chunks, or anything under `assets/`; immutable',
    params: Type.Object(FileParams, closed),
    status: 200,
    answer: bytesAnswer,
    errors: [...fileErrors],
  }),
}
