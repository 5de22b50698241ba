import type { AuditOutcome } from '@plexica/api'

/** What of the audit is looked at; it stands in the address, so that a finding can be shared. */
export interface AuditSearch {
  actor?: string
  operation?: string
  pluginId?: string
  tenantId?: string
  outcome?: AuditOutcome
  /** Days as `2026-01-31`, in the time zone of whoever looks. */
  from?: string
  to?: string
  /** Only rows with a smaller number: where the page begins. */
  before?: number
}

const outcomes: readonly AuditOutcome[] = ['done', 'refused', 'failed']
/** What the registry takes; anything else of an address is left out. */
const forms = {
  actor: /^.{1,400}$/,
  operation: /^([A-Za-z]{1,100}|\*)$/,
  pluginId: /^[a-z][a-z0-9-]{1,62}$/,
  tenantId: /^[a-z0-9][a-z0-9-]{0,62}$/,
  from: /^\d{4}-\d\d-\d\d$/,
  to: /^\d{4}-\d\d-\d\d$/,
}
export type AuditFilter = keyof typeof forms

export function isAuditFilter(name: AuditFilter, value: string): boolean {
  return forms[name].test(value)
}

export function parseAuditSearch(search: Record<string, unknown>): AuditSearch {
  const { before } = search
  const outcome = outcomes.find((one) => one === search.outcome)
  const texts = Object.entries(forms).flatMap(([name, form]) => {
    const value = String(search[name] ?? '').trim()
    return form.test(value) ? [[name, value]] : []
  })
  return {
    ...Object.fromEntries(texts),
    ...(outcome ? { outcome } : {}),
    ...(Number.isSafeInteger(before) && Number(before) > 0 ? { before: Number(before) } : {}),
  }
}
