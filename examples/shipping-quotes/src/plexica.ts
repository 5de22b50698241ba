/** What the host hands to every component of a plugin. */
export interface PluginApi {
  tenantId: string
  /** The tenant's answers to this plugin's `configSchema`, without secret values. */
  configuration: Readonly<Record<string, unknown>>
  /** Asks the platform in the name of a granted permission; rejects when it is not granted. */
  request(permission: string, input?: unknown): Promise<unknown>
}
