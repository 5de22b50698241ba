import {
  PluginDetail,
  routes,
  Submission,
  VersionAdvisory,
  VersionDetail,
  VersionState,
  VersionSummary,
} from '@plexica/api'
import { Permission, PluginId, Version } from '@plexica/manifest-schema'
import Type, { type TSchema } from 'typebox'
import { AnyManifest, nullable, propertiesOf } from './answer-shapes.ts'

const Count = Type.Integer({ minimum: 0 })
const Yanked = Type.Object({
  version: VersionSummary,
  installed: Type.Integer({ minimum: 0, description: 'How many tenants have it' }),
})

/** Of commands about published plugins. */
export const marketplaceAnswers: Readonly<Record<string, TSchema>> = {
  status: Type.Object({
    id: PluginId,
    version: Version,
    status: nullable(VersionState),
    submission: nullable(Submission),
    versions: Type.Array(VersionSummary),
    submissions: Type.Array(Submission),
  }),
  versions: Type.Object({ pluginId: PluginId, versions: Type.Array(VersionSummary), total: Count }),
  yank: Yanked,
  unyank: Yanked,
  deprecate: routes.deprecatePlugin.answer,
  search: Type.Object({
    ...propertiesOf(routes.searchPlugins.answer),
    suggestions: Type.Optional(routes.suggestPlugins.answer.properties.suggestions),
  }),
  info: Type.Object({
    plugin: PluginDetail,
    version: Type.Object({ ...VersionDetail.properties, manifest: AnyManifest }),
    versions: Type.Array(VersionSummary, { description: 'The newest' }),
    permissions: Type.Array(
      Type.Object({
        name: Permission,
        description: Type.String({ description: 'The platform’s words, perhaps none' }),
      }),
    ),
    advisories: Type.Array(VersionAdvisory),
  }),
  rate: routes.ratePlugin.answer,
}
