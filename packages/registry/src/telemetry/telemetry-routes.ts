import { periodOf } from '../analytics/analytics.ts'
import type { Handler } from '../http/handler.ts'
import { notInstalled } from '../installations/change-installation.ts'
import { versionsInstalled } from '../installations/installation-store.ts'
import { requireManaged } from '../plugins/require-managed.ts'
import { requireTenant } from '../tenants/tenant-store.ts'
import { pluginTelemetry, telemetryDays } from './plugin-telemetry.ts'
import { reportTelemetry as report } from './report-telemetry.ts'

const days = { usual: 7, most: telemetryDays }

const reportTelemetry: Handler<'reportTelemetry'> = async ({ world, params, body }) => {
  await report(world, { ...params, ...body })
  return undefined
}

const getTenantTelemetry: Handler<'getTenantTelemetry'> = async ({ world, params, query }) => {
  const { tenantId, pluginId } = params
  await requireTenant(world.db, tenantId)
  if (!(await versionsInstalled(world.db, tenantId, [pluginId])).has(pluginId)) throw notInstalled(params)
  const period = periodOf(query, world.now(), days)
  return { pluginId, ...period, telemetry: await pluginTelemetry(world.db, { ...period, pluginId, tenantId }) }
}

const getPluginTelemetry: Handler<'getPluginTelemetry'> = async ({ world, params, principal, query }) => {
  const { pluginId } = params
  await requireManaged(world.db, { pluginId, principal })
  const period = periodOf(query, world.now(), days)
  const scope = { ...period, pluginId, tenantId: undefined }
  return { pluginId, ...period, telemetry: await pluginTelemetry(world.db, scope) }
}

export const telemetryHandlers = { reportTelemetry, getTenantTelemetry, getPluginTelemetry }
