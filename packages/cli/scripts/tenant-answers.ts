import { Installation, InstallationUpdate } from '@plexica/api'
import { PluginId, TenantId, Version } from '@plexica/manifest-schema'
import Type, { type TSchema } from 'typebox'
import { AnyComponents, failure } from './answer-shapes.ts'

const Count = Type.Integer({ minimum: 0 })
const Installed = Type.Object({ ...Installation.properties, components: AnyComponents })

/** Of commands about what a tenant has. */
export const tenantAnswers: Readonly<Record<string, TSchema>> = {
  install: Installed,
  list: Type.Object({ installations: Type.Array(Installed), total: Count }),
  configure: Installed,
  outdated: Type.Object({ updates: Type.Array(InstallationUpdate), total: Count }),
  update: Type.Object({
    updates: Type.Array(
      Type.Object({
        pluginId: PluginId,
        previousVersion: Version,
        version: Type.Optional(Version),
        updated: Type.Boolean(),
        error: Type.Optional(Type.Object(failure)),
      }),
    ),
  }),
  rollback: Installed,
  enable: Installed,
  disable: Installed,
  uninstall: Type.Object({
    pluginId: PluginId,
    tenantId: TenantId,
    version: Version,
    uninstalled: Type.Boolean(),
  }),
}
