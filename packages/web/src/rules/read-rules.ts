import type { Severity } from '@plexica/manifest-schema'

export interface DocumentedRule {
  readonly code: string
  readonly severity: Severity
  readonly what: string
  readonly fix: string
}

/** The rows of the reference’s tables; what is written `\|` there is a bar. */
export function readRules(reference: string): DocumentedRule[] {
  return reference.split('\n').flatMap((line) => {
    const [, code, severity, what, fix] = line.split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll('\\|', '|'))
    if (!code?.startsWith('`') || !isSeverity(severity) || what === undefined || fix === undefined) return []
    return [{ code: code.replaceAll('`', ''), severity, what, fix }]
  })
}

function isSeverity(word: string | undefined): word is Severity {
  return word === 'error' || word === 'warning' || word === 'info'
}
