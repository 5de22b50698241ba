import type { RequiredModule, SharedModules } from './share-modules.ts'

export { type RequiredModule, type SharedModules, shareModules } from './share-modules.ts'

// Bundles import what the page shares by its bare name. The page's import map leads that name to a small shim module, and
// the shim re-exports the page's own module, which the page has put into one global object: so there is one React, and
// hooks work. When the page is built: write shimModules(…) where the page can load them, and importMap(…) into its HTML,
// before the first script. When the page starts: shareModules(…), or the option `shared` of createHost().

const required: readonly RequiredModule[] = ['react', 'react/jsx-runtime', 'react-dom', 'react-dom/client']

/**
 * For `<script type="importmap">`: leads shared names to the shim modules below `baseUrl`, e.g. `/shared/`.
 *
 * @param names React's own are always among them.
 */
export function importMap(baseUrl: string, names: readonly string[] = []): { imports: Record<string, string> } {
  const base = baseUrl.endsWith('/') ? baseUrl : `${baseUrl}/`
  const all = new Set([...required, ...names])
  return { imports: Object.fromEntries([...all].map((name) => [name, base + shimFile(name)])) }
}

/**
 * File name → source of the shim modules, to be written when the page is built, because a module's exports are fixed in
 * its text. Give the same versions that the page bundles.
 */
export function shimModules(modules: SharedModules): Record<string, string> {
  const shims = Object.entries(modules).map(([name, module]) => {
    const names = Object.keys(module).filter((key) => identifier.test(key) && key !== 'default')
    return [shimFile(name), shimSource(name, names)]
  })
  return Object.fromEntries(shims)
}

const identifier = /^[A-Za-z_$][\w$]*$/

/** A file of its own for each name: the name of an npm package has no `~`. */
function shimFile(name: string): string {
  return `${name.replaceAll('/', '~')}.js`
}

function shimSource(name: string, exports: readonly string[]): string {
  const shared = `globalThis.__plexica__?.[${JSON.stringify(name)}]`
  const message = JSON.stringify(`The page does not share ${name}: call shareModules() before createHost().`)
  // Exported under other names than their own, because an export may be called as a reserved word is.
  const locals = exports.map((key, index) => `${key}: e${index}`).join(', ')
  return `const shared = ${shared}
if (!shared) throw new Error(${message})
export default shared.default ?? shared
const { ${locals} } = shared
export { ${exports.map((key, index) => `e${index} as ${key}`).join(', ')} }
`
}
