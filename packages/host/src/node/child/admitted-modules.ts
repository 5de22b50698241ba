/**
 * As a backend writes a module of Node, with `node:` or without → its full name. An object without a prototype and no
 * set, so that whether a name is in it cannot be answered by a method that a plugin has changed.
 */
export function admittedModules(names: readonly string[]): Readonly<Record<string, string>> {
  const entries = names.map((name) => ({ [name]: `node:${name}`, [`node:${name}`]: `node:${name}` }))
  return Object.freeze(Object.assign(Object.create(null), ...entries))
}
