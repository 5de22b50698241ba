import { parse } from 'es-module-lexer/js'

/** Where modules that are imported at run time ask for their address. */
const atRunTime = '__plexicaPreviewImport__'

/** Modules by the bare name that bundles import them by. */
export type SharedModules = Readonly<Record<string, object>>

/**
 * Gives each module of a bundle an address of its own, made from its bytes, and writes the addresses of what it imports
 * into it: an address that is made of bytes has no folder that `./chunk.js` could stand in.
 *
 * @returns Imports the module at a path of the package; rejects when it, or what it imports, is not there.
 */
export function linkBundle(files: Readonly<Record<string, string>>, shared: SharedModules) {
  const addresses = new Map<string, string>()
  const begun = new Set<string>()

  function addressOf(specifier: string, from: string): string {
    const module = Object.hasOwn(shared, specifier) ? shared[specifier] : undefined
    const path = module ? specifier : resolve(specifier, from)
    const known = addresses.get(path)
    if (known !== undefined) return known
    const address = moduleAddress(module ? shimSource(specifier, module) : linked(path, from))
    addresses.set(path, address)
    return address
  }

  function linked(path: string, from: string): string {
    const source = Object.hasOwn(files, path) ? files[path] : undefined
    if (source === undefined) throw new Error(`${from} imports ${path}, which is not among the bundle’s scripts.`)
    if (begun.has(path)) throw new Error(`${path} imports itself through ${from}.`)
    begun.add(path)
    let text = ''
    let at = 0
    const replace = (start: number, end: number, by: string) => {
      text += source.slice(at, start) + by
      at = end
    }
    for (const found of parse(source)[0]) {
      if (found.type === 'import-meta') {
        const url = JSON.stringify(new URL(path, 'https://plugin.invalid/').href)
        replace(found.importStart, found.importEnd, `({url:${url}})`)
      } else if (found.type === 'dynamic') {
        replace(found.importStart, found.start, `${atRunTime}(${JSON.stringify(path)},`)
      } else {
        replace(found.start, found.end, addressOf(found.specifier, path))
      }
    }
    return text + source.slice(at)
  }

  const importFrom = (from: string, specifier: string): Promise<Record<string, unknown>> =>
    import(/* @vite-ignore */ addressOf(specifier, from))
  Object.assign(globalThis, {
    [atRunTime]: async (from: string, specifier: unknown) => importFrom(from, String(specifier)),
    [sharedAs]: shared,
  })
  return async (path: string): Promise<Record<string, unknown>> => importFrom('', `./${path}`)
}

const sharedAs = '__plexicaPreviewShared__'

/** A module that has what the frame's own React has: so there is one, and hooks work. */
function shimSource(name: string, module: object): string {
  const names = Object.keys(module).filter((key) => /^[A-Za-z_$][\w$]*$/.test(key) && key !== 'default')
  const from = `globalThis.${sharedAs}[${JSON.stringify(name)}]`
  return `const shared=${from};export default shared.default??shared;export const{${names.join(',')}}=shared;`
}

function moduleAddress(source: string): string {
  return URL.createObjectURL(new Blob([source], { type: 'text/javascript' }))
}

function resolve(specifier: string, from: string): string {
  if (!/^\.{0,2}\//.test(specifier)) throw new Error(`${from} imports ${specifier}, which the platform does not share.`)
  return new URL(specifier, `https://plugin.invalid/${from}`).pathname.slice(1)
}
