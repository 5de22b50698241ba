import type { Handler } from '../http/handler.ts'
import { RegistryError } from '../http/registry-error.ts'
import { requestFinding } from '../http/request-finding.ts'
import { requireTenant } from '../tenants/tenant-store.ts'
import type { World } from '../world.ts'
import * as store from './audit-store.ts'
import { auditView, auditViewFor } from './audit-view.ts'

const listAudit: Handler<'listAudit'> = async ({ world, query }) => {
  const { rows, next } = await page(world, query)
  return { rows: rows.map(auditView), next }
}

const listTenantAudit: Handler<'listTenantAudit'> = async ({ world, params: { tenantId }, query }) => {
  await requireTenant(world.db, tenantId)
  const { rows, next } = await page(world, { ...query, tenantId, insideTenant: true })
  return { rows: rows.map((row) => auditViewFor(tenantId, row)), next }
}

async function page({ db, audit }: World, query: Partial<store.AuditQuery>) {
  const { take = 20, from, to } = query
  const times = { from: timeOf('from', from), to: timeOf('to', to) }
  // Whoever looks sees what was refused a moment ago, too.
  await audit.flush()
  const rows = await store.listAudit(db, { ...query, ...times, take })
  return { rows, next: rows.length < take ? null : (rows.at(-1)?.number ?? null) }
}

/** Times are compared as text, in UTC. The form of a leap second is right, but no clock here has it. */
function timeOf(name: string, text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  const time = new Date(text)
  if (!Number.isNaN(time.valueOf())) return time.toISOString()
  const finding = requestFinding(`query.${name}`, `query.${name} is not a time.`, 'Give a time that clocks show.')
  throw new RegistryError('request_invalid', finding.message, { findings: [finding] })
}

export const auditHandlers = { listAudit, listTenantAudit }
