import type { Installation } from '@plexica/api'
import type { Call, Handler } from '../http/handler.ts'
import { RegistryError } from '../http/registry-error.ts'
import { requireTenant } from '../tenants/tenant-store.ts'
import { installPlugin as install } from './install-plugin.ts'
import { findInstallation, listInstallations as listRows, setEnabled } from './installation-store.ts'
import { installationView } from './installation-view.ts'

const listInstallations: Handler<'listInstallations'> = async ({ world, params: { tenantId }, query }) => {
  await requireTenant(world.db, tenantId)
  const { skip = 0, take = 20, enabled } = query
  const { rows, total } = await listRows(world.db, tenantId, { skip, take, enabled })
  return { installations: rows.map((row) => installationView(world, row)), total }
}

const installPlugin: Handler<'installPlugin'> = async ({ world, params, body, principal, log }) =>
  install(world, { ...params, request: body, principal, log })

const enablePlugin: Handler<'enablePlugin'> = async (call) => turn(call, true)

const disablePlugin: Handler<'disablePlugin'> = async (call) => turn(call, false)

async function turn(
  { world, params: { tenantId, pluginId }, log }: Call<'enablePlugin'> | Call<'disablePlugin'>,
  enabled: boolean,
): Promise<Installation> {
  await requireTenant(world.db, tenantId)
  await setEnabled(world.db, { tenantId, pluginId, enabled, at: world.now().toISOString() })
  const row = await findInstallation(world.db, tenantId, pluginId)
  if (!row) throw new RegistryError('installation_not_found')
  log.info({ tenantId, pluginId }, enabled ? 'plugin enabled' : 'plugin disabled')
  return installationView(world, row)
}

export const installationHandlers = { listInstallations, installPlugin, enablePlugin, disablePlugin }
