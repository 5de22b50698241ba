import { backendModules } from '@plexica/manifest-schema/backend-modules'

/**
 * As a backend writes it, with `node:` or without → its full name. An object without a prototype and no set, so that
 * whether a name is in it cannot be answered by a method that a plugin has changed.
 */
export const admittedModules: Readonly<Record<string, string>> = Object.freeze(
  Object.assign(
    Object.create(null),
    ...backendModules.map((name) => ({ [name]: `node:${name}`, [`node:${name}`]: `node:${name}` })),
  ),
)
