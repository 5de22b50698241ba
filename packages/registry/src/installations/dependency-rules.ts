import { type Finding, findingsOf, type RuleTable, versionFits } from '@plexica/manifest-schema'

export const dependencyRules = {
  'plugin-needed': {
    severity: 'error',
    summary: 'Another installed plugin depends on the one that would go.',
    fix: 'Uninstall that plugin first.',
  },
  'plugin-version-needed': {
    severity: 'error',
    summary: 'Another installed plugin depends on versions to which the new one does not belong.',
    fix: 'Update or uninstall that plugin first.',
  },
} as const satisfies RuleTable

const finding = findingsOf(dependencyRules)

/** A plugin that a tenant has, with what it depends on: plugin id → range. */
export interface Dependent {
  readonly pluginId: string
  readonly version: string
  readonly dependencies: Readonly<Record<string, string>>
}

/** Which of the tenant's plugins would miss one that is uninstalled. */
export function missingFor(pluginId: string, others: readonly Dependent[]): Finding[] {
  return needing(pluginId, others).map(({ other, range }) =>
    finding('plugin-needed', `${other.pluginId} ${other.version} needs ${pluginId} ${range}.`, {
      path: other.pluginId,
      fix: `Uninstall ${other.pluginId} first.`,
    }),
  )
}

/** Which of the tenant's plugins run with the version that is left but not with the one that would come. */
export function leftBehind(
  pluginId: string,
  { from, to }: { from: string; to: string },
  others: readonly Dependent[],
): Finding[] {
  return needing(pluginId, others)
    .filter(({ range }) => versionFits(from, range) && !versionFits(to, range))
    .map(({ other, range }) =>
      finding('plugin-version-needed', `${other.pluginId} ${other.version} needs ${pluginId} ${range}, not ${to}.`, {
        path: other.pluginId,
        fix: `Update ${other.pluginId} to a version that runs with ${pluginId} ${to} first.`,
      }),
    )
}

/** The sentence of a refusal with these findings. */
export function neededSentence(findings: readonly Finding[]): string {
  return `Other plugins of the tenant need this one: ${findings.map(({ path }) => path).join(', ')}.`
}

function needing(pluginId: string, others: readonly Dependent[]): { other: Dependent; range: string }[] {
  return others.flatMap((other) => {
    const range = Object.hasOwn(other.dependencies, pluginId) ? other.dependencies[pluginId] : undefined
    return range === undefined || other.pluginId === pluginId ? [] : [{ other, range }]
  })
}
