import type { BundleFile } from '../bundle-files.ts'
import { HostError, messageOf } from '../host-errors.ts'
import { reasonOfFile } from '../load-bundle.ts'

/**
 * The text of every script: address → text. The browser compares the bytes with the hash that was approved, and sends
 * nobody's cookies along.
 *
 * @throws {HostError} and, once the signal is aborted, its reason.
 */
export async function fetchScripts(
  files: readonly BundleFile[],
  signal: AbortSignal,
): Promise<Readonly<Record<string, string>>> {
  const texts = await Promise.all(files.map(async (file) => [file.url, await fetchScript(file, signal)] as const))
  return Object.fromEntries(texts)
}

async function fetchScript(file: BundleFile, signal: AbortSignal): Promise<string> {
  const { url, integrity } = file
  try {
    const response = await fetch(url, { integrity, signal, credentials: 'omit', referrerPolicy: 'no-referrer' })
    if (response.ok) return await response.text()
    throw new Error(`it was answered with status ${response.status}`)
  } catch (thrown) {
    signal.throwIfAborted()
    const reason = await reasonOfFile(file)
    throw reason ?? new HostError('bundle_unreachable', `${url} cannot be fetched: ${messageOf(thrown)}.`)
  }
}
