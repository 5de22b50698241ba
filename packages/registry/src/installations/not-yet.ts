const notYet = async (): Promise<never> => {
  throw new Error('not yet')
}
export const notYetHandlers = {
  setExperiment: notYet,
  endExperiment: notYet,
  setSandbox: notYet,
  reportTelemetry: async () => undefined,
  getTenantTelemetry: notYet,
  getPluginTelemetry: notYet,
}
