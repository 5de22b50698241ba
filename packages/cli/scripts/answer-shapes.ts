import { Digest, Finding, PluginId, Version } from '@plexica/manifest-schema'
import Type, { type TObject, type TProperties, type TSchema } from 'typebox'

// What several answers have in common.

export const nullable = <Schema extends TSchema>(schema: Schema) => Type.Union([schema, Type.Null()])
export const Bytes = Type.Integer({ minimum: 0 })
export const findings = Type.Array(Finding)

export const failure = {
  code: Type.String({ description: 'Of this program, or as the registry gave it' }),
  message: Type.String(),
  fix: Type.String({ description: 'What to do next' }),
  findings,
}
export const Failed = Type.Object({ error: Type.Object(failure) }, { description: 'The run ended without its result' })

export const packed = {
  id: PluginId,
  version: Version,
  digest: Digest,
  findings,
  packedBytes: Bytes,
  unpackedBytes: Bytes,
  files: Type.Array(Type.Object({ path: Type.String(), bytes: Bytes })),
}
export const named = {
  submission: Type.String({ description: 'Id of the submission' }),
  id: PluginId,
  version: Version,
}
/** Its own schema is a file of its own, with definitions that refer to its root. */
export const AnyManifest = Type.Object({}, { description: 'As manifest.schema.json says', additionalProperties: true })

/** The same for the components of an installation. */
export const AnyComponents = Type.Array(Type.Object({}, { additionalProperties: true }), {
  description: 'As manifest.schema.json says of `components`',
})

export function propertiesOf({ properties }: TObject): TProperties {
  return properties
}
