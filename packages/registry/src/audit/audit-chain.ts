import { createHash } from 'node:crypto'
import type { AuditRow } from '../db/tables.ts'

/** What is known of a call before it has its place in the chain. */
export type AuditEntry = Omit<AuditRow, 'number' | 'hash'>

/** Where a chain ends. */
export interface ChainEnd {
  readonly number: number
  readonly hash: string
}

/** Before the first row. */
export const emptyChain: ChainEnd = { number: 0, hash: '0'.repeat(64) }

/** The rows that follow, one upon the other. */
export function chained(end: ChainEnd, entries: readonly AuditEntry[]): AuditRow[] {
  let last = end
  return entries.map((entry) => {
    const number = last.number + 1
    const row = { ...entry, number, hash: hashOf(last.hash, { ...entry, number }) }
    last = row
    return row
  })
}

/** Whether a row is the one that was written after this end. */
export function follows(end: ChainEnd, row: AuditRow): boolean {
  return row.number === end.number + 1 && row.hash === hashOf(end.hash, row)
}

/** SHA-256 over the hash before, a line feed, and the row’s fields as a JSON array in this order (RFC 8259, UTF-8). */
function hashOf(before: string, row: Omit<AuditRow, 'hash'>): string {
  const content = JSON.stringify([
    row.number,
    row.happened_at,
    row.actor,
    row.role,
    row.key_id,
    row.actor_tenant_id,
    row.address,
    row.operation,
    row.plugin_id,
    row.version,
    row.tenant_id,
    row.params,
    row.outcome,
    row.status,
    row.code,
    row.request_id,
    row.calls,
  ])
  return createHash('sha256').update(`${before}\n${content}`).digest('hex')
}
