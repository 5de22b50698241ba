import { PluginId, Version } from '@plexica/manifest-schema'
import Type from 'typebox'
import { bytesAnswer, pageAnswer, route } from './route.ts'
import { closed } from './shapes.ts'

const VersionParams = { pluginId: PluginId, version: Version }
const FileParams = {
  ...VersionParams,
  path: Type.Array(Type.String({ maxLength: 200 }), { maxItems: 12 }),
}
const Signed = Type.String({
  pattern: '^[1-9][0-9]{0,11}\\.([a-z0-9][a-z0-9-]{0,62})?\\.[A-Za-z0-9_-]{43}$',
  description: 'Until when, for which tenant, and the registry’s signature',
})
const fileErrors = [
  'version_not_found',
  'file_not_found',
  'package_removed',
  'package_damaged',
  'storage_unavailable',
  'range_not_satisfiable',
] as const

const frameErrors = ['version_not_found', 'package_removed', 'frame_unavailable'] as const

export const bundleRoutes = {
  getPrivateFramePage: route({
    method: 'GET',
    path: '/plugins/bundles/~:signed/:pluginId/v:version/frame.html',
    permission: 'public',
    summary: 'The page in which components of a private plugin run, at an address that an installation gave',
    params: Type.Object({ signed: Signed, ...VersionParams }, closed),
    status: 200,
    answer: pageAnswer,
    errors: ['address_invalid', 'address_expired', 'private_unavailable', ...frameErrors],
  }),
  getFramePage: route({
    method: 'GET',
    path: '/plugins/bundles/:pluginId/v:version/frame.html',
    permission: 'public',
    summary: 'The page in which components run apart from the platform’s; its policy admits the declared hosts alone',
    params: Type.Object(VersionParams, closed),
    status: 200,
    answer: pageAnswer,
    errors: [...frameErrors],
  }),
  getPrivateBundleFile: route({
    method: 'GET',
    path: '/plugins/bundles/~:signed/:pluginId/v:version/*path',
    permission: 'public',
    summary: 'A file of a published version of a private plugin, at an address that an installation gave',
    params: Type.Object(
      {
        signed: Signed,
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
