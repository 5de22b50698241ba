import type { Static } from 'typebox'
import Type from 'typebox'
import { ExtensionPointName, Permission, Version } from './names.ts'

/** The host product, described in one `platform.json` that the registry serves. */
export const Platform = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 100 }),
    version: Version,
    extensionPoints: Type.Array(
      Type.Object({ name: ExtensionPointName, description: Type.String() }, { additionalProperties: false }),
      { description: 'Places for components; `puck` stands for the page editor' },
    ),
    permissions: Type.Array(
      Type.Object({ name: Permission, description: Type.String() }, { additionalProperties: false }),
      { description: 'What plugins may be allowed to do' },
    ),
    shared: Type.Record(Type.String(), Type.String(), {
      description: 'npm packages that the page provides, with their semver ranges',
    }),
  },
  { additionalProperties: false },
)
export type Platform = Static<typeof Platform>

/** The modules that a plugin's bundle leaves as imports, because every host page provides them. */
export const sharedModules = ['react', 'react/jsx-runtime', 'react-dom', 'react-dom/client'] as const
