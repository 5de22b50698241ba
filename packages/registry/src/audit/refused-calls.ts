import type { AuditEntry } from './audit-chain.ts'

/** Different rows that one caller, and all callers together, can make in one go; what is beyond becomes one row each. */
const mostOfCaller = 20
const mostInAll = 500

/**
 * Refused calls until they are written, like ones as one row with their number: a flood of them costs a few rows a
 * second, however many there are and however they differ.
 */
export class RefusedCalls {
  #rows = new Map<string, AuditEntry>()
  #ofCaller = new Map<string, number>()

  get size(): number {
    return this.#rows.size
  }

  add(entry: AuditEntry): void {
    const caller = entry.key_id ?? `${entry.actor} ${entry.address}`
    const key = JSON.stringify([caller, entry.operation, entry.params, entry.status, entry.code])
    if (this.#count(key, entry)) return
    const rows = this.#ofCaller.get(caller) ?? 0
    if (this.#rows.size >= mostInAll) this.#addTo('', { ...withoutObject(entry), ...nobody })
    else if (rows >= mostOfCaller) this.#addTo(caller, withoutObject(entry))
    else {
      this.#rows.set(key, entry)
      this.#ofCaller.set(caller, rows + 1)
    }
  }

  /** Gives what has come together, and begins anew. */
  take(): AuditEntry[] {
    const rows = [...this.#rows.values()]
    this.#rows = new Map()
    this.#ofCaller = new Map()
    return rows
  }

  #addTo(key: string, entry: AuditEntry): void {
    if (!this.#count(key, entry)) this.#rows.set(key, entry)
  }

  #count(key: string, { calls }: AuditEntry): boolean {
    const known = this.#rows.get(key)
    if (known) this.#rows.set(key, { ...known, calls: known.calls + calls })
    return known !== undefined
  }
}

/** `*`: many operations, each on something else. */
function withoutObject(entry: AuditEntry): AuditEntry {
  return { ...entry, operation: '*', plugin_id: null, version: null, tenant_id: entry.actor_tenant_id, params: '{}' }
}

const nobody = { actor: '*', role: null, key_id: null, actor_tenant_id: null, tenant_id: null, address: '*' } as const
