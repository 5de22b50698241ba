import { HostError } from './host-errors.ts'

export interface BundleFile {
  /** Absolute, as the browser writes it: the key under which it looks the integrity up. */
  readonly url: string
  readonly integrity: string
}

/**
 * One hash of full length. The test is strict because browsers ignore integrity values that they cannot read and then
 * check nothing (W3C Subresource Integrity, 3.3.4).
 */
const integrityPattern = /^sha(256-[A-Za-z0-9+/]{43}=|384-[A-Za-z0-9+/]{64}|512-[A-Za-z0-9+/]{86}==)$/

/**
 * The scripts of a bundle, the one to import first.
 *
 * @param base The registry's address, for addresses that are relative to it.
 * @throws {HostError} `bundle_invalid` when a script cannot be checked.
 */
export function bundleFiles(
  bundle: { url: string; files: readonly BundleFile[] },
  base: string,
): readonly [BundleFile, ...BundleFile[]] {
  const files = bundle.files.map(({ url, integrity }) => {
    if (!integrityPattern.test(integrity)) throw invalid(`${url} has no usable integrity value`)
    return { url: addressOf(url, base), integrity }
  })
  const entry = addressOf(bundle.url, base)
  const first = files.find(({ url }) => url === entry)
  if (!first) throw invalid(`${entry} is not among the scripts that have an integrity value`)
  return [first, ...files.filter((file) => file !== first)]
}

function addressOf(url: string, base: string): string {
  const address = URL.parse(url, base)
  if (address?.protocol !== 'https:' && address?.protocol !== 'http:') throw invalid(`“${url}” is no web address`)
  return address.href
}

function invalid(detail: string): HostError {
  return new HostError('bundle_invalid', `The bundle cannot be checked: ${detail}.`)
}
