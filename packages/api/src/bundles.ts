import { PluginId, Version } from '@plexica/manifest-schema'
import Type from 'typebox'
import { bytesAnswer, route } from './route.ts'
import { closed } from './shapes.ts'

export const bundleRoutes = {
  getBundleFile: route({
    method: 'GET',
    path: '/plugins/bundles/:pluginId/v:version/*path',
    permission: 'public',
    summary: 'A file of a published version: `bundle.js`, its chunks, or anything under `assets/`; immutable',
    params: Type.Object(
      { pluginId: PluginId, version: Version, path: Type.Array(Type.String({ maxLength: 200 }), { maxItems: 12 }) },
      closed,
    ),
    status: 200,
    answer: bytesAnswer,
    errors: [
      'version_not_found',
      'file_not_found',
      'package_removed',
      'package_damaged',
      'storage_unavailable',
      'range_not_satisfiable',
    ],
  }),
}
