import { type Finding, findingsOf, type RuleTable, resembledIds } from '@plexica/manifest-schema'

/** What the registry says of a new plugin's id beside those that it knows. */
export const nameRules = {
  'name-resembles': {
    severity: 'warning',
    summary: 'The id of a new plugin is a letter or two away from that of a known one.',
    fix: 'Make sure that nobody takes one for the other; a reviewer looks at it.',
  },
} as const satisfies RuleTable

const finding = findingsOf(nameRules)

/** Known plugins that one finding names. */
const mostNamed = 3

/** Warns the reviewer where a new id could pass for one of the known. */
export function nameFindings(id: string, known: readonly string[]): Finding[] {
  const resembled = resembledIds(id, known).slice(0, mostNamed)
  if (resembled.length === 0) return []
  const message = `The id ${id} is easily taken for ${resembled.join(', ')}.`
  return [finding('name-resembles', message, { path: 'manifest.json' })]
}
