const notYet = async (): Promise<never> => {
  throw new Error('not yet')
}
export const notYetHandlers = {
  reportTelemetry: async () => undefined,
  getTenantTelemetry: notYet,
  getPluginTelemetry: notYet,
}
