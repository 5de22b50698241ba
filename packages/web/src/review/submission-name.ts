/** `greeting-card 1.2.0`: what people call a submission. */
export function nameOf({ pluginId, version }: { pluginId: string; version: string }): string {
  return `${pluginId} ${version}`
}
