import { compatibilityRules, manifestRules, type RuleTable } from '@plexica/manifest-schema/validate'
import { inspectRules } from './inspect-rules.ts'

/** Every rule that a package is held against, those of the manifest and of compatibility included. */
export const packageRules: RuleTable = { ...manifestRules, ...compatibilityRules, ...inspectRules }

/** The documentation's table of rules, in Markdown, one row for each code in the order of the codes. */
export function rulesTable(rules: RuleTable = packageRules): string {
  const rows = Object.entries(rules)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([code, { severity, summary, fix }]) => [`\`${code}\``, severity, summary, fix])
  return [['Code', 'Severity', 'What', 'Fix'], ['---', '---', '---', '---'], ...rows]
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |\n`)
    .join('')
}
