import { type BundleFile, bundleFiles } from './bundle-files.ts'
import type { PluginModule } from './contributions.ts'
import { enforceIntegrity } from './enforce-integrity.ts'
import { HostError, messageOf } from './host-errors.ts'

export interface LoadOptions {
  /** The registry's address. */
  base: string
  /** Milliseconds for fetching, checking and running the bundle's first script together. */
  timeout: number
}

/** Milliseconds for finding out why a bundle did not load. */
const DIAGNOSIS_LIMIT = 5_000

/**
 * Imports a bundle whose scripts the browser checks before it runs them. The only import() of the host.
 *
 * @throws {HostError} and nothing else.
 */
export async function loadBundle(
  bundle: { url: string; files: readonly BundleFile[] },
  { base, timeout }: LoadOptions,
): Promise<PluginModule> {
  const [{ url, integrity }, ...chunks] = bundleFiles(bundle, base)
  const files = [{ url: anew(url), integrity }, ...chunks] as const
  const timeLimit = AbortSignal.timeout(timeout)
  const tooLate = new Promise<never>((_, reject) => {
    timeLimit.onabort = () => {
      const message = `${nameOf(files[0].url)} was not ready after ${timeout / 1000} s.`
      reject(new HostError('bundle_timeout', message))
    }
  })
  const importNow = () => Promise.race([importChecked(files, timeLimit), tooLate])
  try {
    return await importNow()
  } catch (thrown) {
    const reason = thrown instanceof HostError ? thrown : await reasonOf(thrown, files)
    if (reason.code === 'bundle_unreachable') failures.set(url, (failures.get(url) ?? 0) + 1)
    if (!mayHaveBeenLost(reason)) throw reason
    return await importNow().catch(() => Promise.reject(reason))
  }
}

/**
 * Whether a script may have been lost on its way, although it can be had now: browsers throw a TypeError then, and so do
 * bundles. One that has run does not run again: it throws the same once more (ECMAScript, Evaluate of a module).
 */
function mayHaveBeenLost({ code, cause }: HostError): boolean {
  return code === 'bundle_threw' && cause instanceof TypeError
}

/** Address → how often it could not be fetched. A bundle that is late is not among them: it must not start twice. */
const failures = new Map<string, number>()

/**
 * The address to import. Browsers may keep a failed import for as long as the page lives (Chromium 153 does, 156 does
 * not); under another fragment it is another module from the same address.
 */
function anew(url: string): string {
  const before = failures.get(url)
  return before ? `${url}#try-${before + 1}` : url
}

async function importChecked(files: readonly [BundleFile, ...BundleFile[]], timeLimit: AbortSignal) {
  await enforceIntegrity(files)
  timeLimit.throwIfAborted()
  const module: PluginModule = await import(/* @vite-ignore */ /* webpackIgnore: true */ files[0].url)
  return module
}

/** Browsers do not tell a script which check failed, so the scripts are fetched again, with their hashes and without. */
async function reasonOf(thrown: unknown, files: readonly BundleFile[]): Promise<HostError> {
  const reasons = await Promise.all(files.map(reasonOfFile))
  return (
    reasons.find((reason) => reason !== undefined) ??
    new HostError('bundle_threw', `The bundle stopped while it started: ${messageOf(thrown)}`, { cause: thrown })
  )
}

/** Why a script cannot be had; undefined when it can. */
export async function reasonOfFile({ url, integrity }: BundleFile): Promise<HostError | undefined> {
  const signal = AbortSignal.timeout(DIAGNOSIS_LIMIT)
  const ask = async (init: RequestInit) => {
    const response = await fetch(url, { credentials: 'omit', signal, ...init })
    await response.body?.cancel()
    return response.status
  }
  const passes = () =>
    ask({ integrity }).then(
      (status) => status === 200,
      () => false,
    )
  if (await passes()) return undefined
  const name = nameOf(url)
  try {
    const status = await ask({})
    if (status !== 200) return new HostError('bundle_unreachable', `${name} was answered with status ${status}.`)
    // A server may have come back between the two questions.
    if (await passes()) return new HostError('bundle_unreachable', `${name} could not be had for a moment.`)
    return new HostError('integrity_mismatch', `${name} is not what was approved: its bytes do not match their hash.`)
  } catch (thrown) {
    return new HostError('bundle_unreachable', `${name} cannot be fetched: ${messageOf(thrown)}`, { cause: thrown })
  }
}

function nameOf(url: string): string {
  return new URL(url).pathname.split('/').at(-1) ?? url
}
