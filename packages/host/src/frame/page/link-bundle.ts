import { parse } from 'es-module-lexer/js'

/** Where modules that are imported at run time ask for their address. */
const atRunTime = '__plexicaFrameImport__'

/** Modules by the bare name that bundles import them by. */
export type SharedModules = Readonly<Record<string, object>>

/**
 * Gives each module of a bundle an address of its own, made from its bytes, and writes the addresses of what it imports
 * into it: an address that is made of bytes has no folder that `./chunk.js` could stand in. To itself, a module stands
 * where it was published: what it makes of `import.meta.url` are the addresses of its assets.
 *
 * @param scripts The address that a script was published under → its text.
 * @returns Imports the module of an address; rejects when it, or what it imports, is not there.
 */
export function linkBundle(scripts: Readonly<Record<string, string>>, shared: SharedModules) {
  const addresses = new Map<string, string>()
  const begun = new Set<string>()

  function addressOf(specifier: string, from: string): string {
    const module = Object.hasOwn(shared, specifier) ? shared[specifier] : undefined
    const published = module ? specifier : resolve(specifier, from)
    const known = addresses.get(published)
    if (known !== undefined) return known
    const address = moduleAddress(module ? shimSource(specifier, module) : linked(published, from))
    addresses.set(published, address)
    return address
  }

  function linked(url: string, from: string): string {
    const source = Object.hasOwn(scripts, url) ? scripts[url] : undefined
    if (source === undefined) throw new Error(`${from} imports ${url}, which is not among the bundle’s scripts.`)
    if (begun.has(url)) throw new Error(`${url} imports itself through ${from}.`)
    begun.add(url)
    let text = ''
    let at = 0
    const replace = (start: number, end: number, by: string) => {
      text += source.slice(at, start) + by
      at = end
    }
    for (const found of parse(source)[0]) {
      if (found.type === 'import-meta') {
        replace(found.importStart, found.importEnd, `({url:${JSON.stringify(url)}})`)
      } else if (found.type === 'dynamic') {
        replace(found.importStart, found.start, `${atRunTime}(${JSON.stringify(url)},`)
      } else {
        replace(found.start, found.end, addressOf(found.specifier, url))
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
  return async (entry: string): Promise<Record<string, unknown>> => importFrom(entry, entry)
}

const sharedAs = '__plexicaFrameShared__'

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
  const url = /^(\.{0,2}\/|https?:)/.test(specifier) ? URL.parse(specifier, from) : null
  if (!url) throw new Error(`${from} imports ${specifier}, which the platform does not share.`)
  return url.href
}
