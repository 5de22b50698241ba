import { HostError } from './host-errors.ts'

/** What a plugin gets of the platform: the prop `plexica` of each of its components. */
export interface PluginApi {
  readonly tenantId: string
  /** The tenant's configuration of this plugin without secret values, frozen all the way down. */
  readonly configuration: Readonly<Record<string, unknown>>
  /**
   * Asks the platform in the name of a granted permission.
   *
   * Rejects with a `HostError` of code `permission_not_granted` or `permission_not_provided`, or with what the platform
   * threw.
   */
  readonly request: (permission: string, input?: unknown) => Promise<unknown>
}

/**
 * What the page answers to plugins: permission → function. `input` comes from a plugin: check it. This is a cut of what
 * plugins are handed, not a sandbox: their code runs in the page.
 */
export type PlatformApi = Readonly<Record<string, (input: unknown, caller: { pluginId: string }) => unknown>>

/** @param granted Permissions that the tenant grants at this moment; none once the plugin is gone. */
export function createRequest(
  pluginId: string,
  granted: () => readonly string[],
  platform: PlatformApi,
): PluginApi['request'] {
  return async (permission, input) => {
    if (!granted().includes(permission)) {
      throw new HostError('permission_not_granted', `${pluginId} has not been granted “${permission}”.`)
    }
    const answer = Object.hasOwn(platform, permission) ? platform[permission] : undefined
    if (!answer) throw new HostError('permission_not_provided', `This page has no answer to “${permission}”.`)
    return answer(input, { pluginId })
  }
}

export function createPluginApi(
  tenantId: string,
  configuration: Readonly<Record<string, unknown>>,
  request: PluginApi['request'],
): PluginApi {
  return Object.freeze({ tenantId, configuration: frozen(structuredClone(configuration)), request })
}

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null)
    for (const inner of Object.values(Object.freeze(value))) frozen(inner)
  return value
}
