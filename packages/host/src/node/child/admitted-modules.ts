/** The modules of Node that a backend may import: those that compute and reach nothing outside of the process. */
const names = [
  'assert',
  'assert/strict',
  'buffer',
  'crypto',
  'events',
  'path',
  'path/posix',
  'path/win32',
  'punycode',
  'querystring',
  'stream',
  'stream/consumers',
  'stream/promises',
  'stream/web',
  'string_decoder',
  'timers',
  'timers/promises',
  'url',
  'util',
  'util/types',
  'zlib',
] as const

/**
 * As a backend writes it, with `node:` or without → its full name. An object without a prototype and no set, so that
 * whether a name is in it cannot be answered by a method that a plugin has changed.
 */
export const admittedModules: Readonly<Record<string, string>> = Object.freeze(
  Object.assign(
    Object.create(null),
    ...names.map((name) => ({ [name]: `node:${name}`, [`node:${name}`]: `node:${name}` })),
  ),
)
