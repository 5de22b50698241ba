import type { BundleFile } from './bundle-files.ts'
import { HostError } from './host-errors.ts'

// Two standard ways make a browser check a module before it runs, and no browser's ways are the other's:
//
//                                  Chromium   Safari, WebKit   Firefox
//   `integrity` of an import map   yes        yes              only in the page's first map
//     that is added later          (133)      (18.4)
//   <link rel=modulepreload        yes        ignores the      yes, and import() then takes
//     integrity>                              attribute        the checked module
//
// So the import map is used where one that is added now takes effect, else the link, after it has been seen to refuse.

/**
 * Makes the browser refuse every one of these scripts unless its bytes match. Nothing of them has run afterwards.
 *
 * @throws {HostError} `integrity_unsupported` when the browser cannot be made to.
 * @throws {Error} when a script does not match or cannot be fetched, in browsers that fetch it at this point.
 */
export async function enforceIntegrity(files: readonly [BundleFile, ...BundleFile[]]): Promise<void> {
  if (takesImportMaps()) {
    const fresh = files.filter(({ url, integrity }) => ruled.get(url) !== integrity)
    for (const { url, integrity } of fresh) ruled.set(url, integrity)
    if (fresh.length > 0)
      addImportMap({ integrity: Object.fromEntries(fresh.map(({ url, integrity }) => [url, integrity])) })
    return
  }
  const preloads = document.createElement('link').relList.supports('modulepreload')
  if (preloads) await Promise.all(files.map(preload))
  if (!preloads || !(await preloadRefuses(files[0].url))) {
    throw new HostError('integrity_unsupported', 'This browser offers no way to check a plugin before it runs.')
  }
}

/** Address → integrity that a map of this page says already. Said twice, browsers warn, and the first stays. */
const ruled = new Map<string, string>()

let importMapsTaken: boolean | undefined

/** Browsers that take import maps after the first module take their integrity too: HTML merges both in one algorithm. */
function takesImportMaps(): boolean {
  importMapsTaken ??= probeImportMaps()
  return importMapsTaken
}

function probeImportMaps(): boolean {
  const [specifier, address] = ['plexica:probe', 'plexica:mapped']
  // Added before it is resolved for the first time: a map cannot change what a name already led to.
  try {
    addImportMap({ imports: { [specifier]: address } })
    return import.meta.resolve(specifier) === address
  } catch {
    return false
  }
}

function addImportMap(map: { imports?: Record<string, string>; integrity?: Record<string, string> }): void {
  const script = document.createElement('script')
  script.type = 'importmap'
  script.nonce = pageNonce()
  script.textContent = JSON.stringify(map)
  document.head.append(script)
  script.remove()
}

/** The nonce under which the page's Content-Security-Policy admits scripts, when it has one. */
function pageNonce(): string {
  return document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce ?? ''
}

/** Fetches and checks a module without running it; a later import() takes this one (HTML, the module map). */
function preload({ url, integrity }: BundleFile): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const link = document.createElement('link')
  link.rel = 'modulepreload'
  link.crossOrigin = 'anonymous'
  link.nonce = pageNonce()
  link.integrity = integrity
  link.onload = () => resolve()
  link.onerror = () => reject(new Error(`${url} was refused`))
  link.href = url
  document.head.append(link)
  return promise.finally(() => link.remove())
}

let refusal: Promise<boolean> | undefined

/** Whether the browser refuses a script, known to be within reach, under a hash that no script has. */
function preloadRefuses(url: string): Promise<boolean> {
  refusal ??= preload({ url: `${url}#plexica-probe`, integrity: `sha256-${'A'.repeat(43)}=` }).then(
    () => false,
    () => true,
  )
  return refusal
}
