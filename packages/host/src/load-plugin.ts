import { heavyBundle } from './budgets.ts'
import type { Assigned } from './experiment.ts'
import { frameOf } from './frame.ts'
import { HostError, messageOf } from './host-errors.ts'
import { loadBundle } from './load-bundle.ts'
import { loadPatiently } from './load-patiently.ts'
import type { Loaded } from './running-plugin.ts'

export interface LoadPluginOptions {
  /** The registry's address. */
  base: string
  /** Milliseconds that each try may take. */
  timeout: number
  /** Whether this page still runs it. */
  isWanted(): boolean
}

export interface LoadedPlugin extends Loaded {
  /** Milliseconds that the last try took; undefined where nothing was loaded into the page. */
  readonly took?: number
  readonly warning?: HostError | undefined
}

/**
 * What a plugin brings into the page: nothing where it has no frontend or runs in frames.
 *
 * @throws {HostError} and nothing else.
 */
export async function loadPlugin(plugin: Assigned, options: LoadPluginOptions): Promise<LoadedPlugin> {
  try {
    const { bundle } = plugin
    const frame = frameOf(plugin, options.base)
    if (!bundle || frame) return { module: {}, frame }
    requireShared(plugin)
    return await loadPatiently(async () => {
      const began = performance.now()
      const module = await loadBundle(bundle, options)
      const took = performance.now() - began
      return { module, took, warning: heavyBundle(bundle.files.map(({ url }) => new URL(url, options.base).href)) }
    }, options.isWanted)
  } catch (thrown) {
    throw thrown instanceof HostError ? thrown : new HostError('bundle_invalid', messageOf(thrown), { cause: thrown })
  }
}

/** Browsers say of a bundle whose imports lead nowhere only that it failed. */
function requireShared({ pluginId, shared = {} }: Assigned): void {
  for (const [name, range] of Object.entries(shared)) {
    try {
      import.meta.resolve(name)
    } catch {
      throw new HostError('shared_missing', `${pluginId} needs ${name} ${range} of the page, which does not share it.`)
    }
  }
}
