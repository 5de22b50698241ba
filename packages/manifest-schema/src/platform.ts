import type { Static } from 'typebox'
import Type from 'typebox'
import { ExtensionPointName, HookName, Permission, Version } from './names.ts'

const strict = { additionalProperties: false } as const
const Description = Type.String({ maxLength: 1_000, description: 'One sentence for people' })

/** The host product, described in one `platform.json` that the registry serves. */
export const Platform = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 100, description: 'Name of the product' }),
    version: Version,
    extensionPoints: Type.Array(Type.Object({ name: ExtensionPointName, description: Description }, strict), {
      description: 'Places for components; `puck` stands for the page editor',
    }),
    permissions: Type.Array(Type.Object({ name: Permission, description: Description }, strict), {
      description: 'What plugins may be allowed to do',
    }),
    hooks: Type.Optional(
      Type.Array(Type.Object({ name: HookName, description: Description }, strict), {
        description: 'Occasions on which the backends of plugins are called',
      }),
    ),
    shared: Type.Unsafe<Record<string, string>>({
      type: 'object',
      additionalProperties: { type: 'string', minLength: 1, maxLength: 200 },
      description: 'npm packages that the page provides, with their semver ranges',
    }),
  },
  strict,
)
export type Platform = Static<typeof Platform>
