/** The way of an installation; the step stands in the address. */
export const installSteps = ['version', 'configuration', 'summary', 'progress', 'setup'] as const
export type InstallStep = (typeof installSteps)[number]

export interface InstallSearch {
  step?: InstallStep
}

export function parseInstallSearch({ step }: Record<string, unknown>): InstallSearch {
  const known = installSteps.find((one) => one === step)
  return known === undefined ? {} : { step: known }
}

/** How far an installation has come. */
export interface InstallFacts {
  /** The version runs here, and the tenant does not have the plugin. */
  readonly fits: boolean
  readonly configured: boolean
  readonly sent: boolean
  readonly installed: boolean
}

export function isReachable(step: InstallStep, { fits, configured, sent, installed }: InstallFacts): boolean {
  switch (step) {
    case 'version':
      return true
    case 'configuration':
      return fits
    case 'summary':
      return fits && configured
    case 'progress':
      return sent
    case 'setup':
      return installed
  }
}

/** The wanted step, else the one that has to be done before. */
export function openStep(wanted: InstallStep, facts: InstallFacts): InstallStep {
  const upTo = installSteps.slice(0, installSteps.indexOf(wanted) + 1)
  return upTo.findLast((step) => isReachable(step, facts)) ?? 'version'
}
