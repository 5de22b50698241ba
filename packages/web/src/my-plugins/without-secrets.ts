import type { ConfigProperty, ConfigSchema } from '@plexica/manifest-schema/validate'

/** A schema without the settings that are secret: of those an experiment tries no others. */
export function withoutSecrets(schema: ConfigSchema | undefined): ConfigSchema | undefined {
  return schema && without(schema)
}

function without<Schema extends ConfigSchema | ConfigProperty>(schema: Schema): Schema {
  const open = Object.entries(schema.properties ?? {}).filter(([, { secret }]) => !secret)
  const names = open.map(([name]) => name)
  const properties = open.map(([name, one]) => [name, one.type === 'object' ? without(one) : one])
  return {
    ...schema,
    properties: Object.fromEntries(properties),
    required: schema.required?.filter((name) => names.includes(name)) ?? [],
  }
}
