import type { Installation } from '@plexica/api'
import type { About } from '../audit/audit-entry.ts'
import type { Handler } from '../http/handler.ts'
import { requireTenant } from '../tenants/tenant-store.ts'
import { endExperiment as end, setExperiment as experiment } from './change-experiment.ts'
import { notInstalled } from './change-installation.ts'
import { configurePlugin as configure } from './configure-plugin.ts'
import { candidatesOf, findUpdates } from './find-updates.ts'
import { historyEntry, listHistory } from './history-store.ts'
import { installPlugin as install } from './install-plugin.ts'
import { findInstallation, listInstallations as listRows } from './installation-store.ts'
import { installationView } from './installation-view.ts'
import { listComponents } from './list-components.ts'
import { rollbackPlugin } from './rollback-plugin.ts'
import { setSandbox as sandbox } from './set-sandbox.ts'
import { turnPlugin } from './turn-plugin.ts'
import { uninstallPlugin as uninstall } from './uninstall-plugin.ts'
import { updatePlugin } from './update-plugin.ts'

const listInstallations: Handler<'listInstallations'> = async ({ world, params: { tenantId }, query }) => {
  await requireTenant(world.db, tenantId)
  const { skip = 0, take = 20, enabled } = query
  const { rows, total } = await listRows(world.db, tenantId, { skip, take, enabled })
  return { installations: rows.map((row) => installationView(world, row)), total }
}

const installPlugin: Handler<'installPlugin'> = async ({ world, params, body, principal, log, about }) =>
  versionTold(about, await install(world, { ...params, request: body, principal, log }))

const uninstallPlugin: Handler<'uninstallPlugin'> = async ({ world, params, query, principal, log, about }) => {
  const force = query.force ?? false
  about({ version: await uninstall(world, { ...params, force, principal, log }) })
  return undefined
}

const enablePlugin: Handler<'enablePlugin'> = async ({ world, params, principal, log, about }) =>
  versionTold(about, await turnPlugin(world, { ...params, enabled: true, principal, log }))

const disablePlugin: Handler<'disablePlugin'> = async ({ world, params, principal, log, about }) =>
  versionTold(about, await turnPlugin(world, { ...params, enabled: false, principal, log }))

const configurePlugin: Handler<'configurePlugin'> = async ({ world, params, body, principal, log, about }) =>
  versionTold(about, await configure(world, { ...params, ...body, principal, log }))

const setExperiment: Handler<'setExperiment'> = async ({ world, params, body, principal, log, about }) =>
  versionTold(about, await experiment(world, { ...params, ...body, principal, log }))

const endExperiment: Handler<'endExperiment'> = async ({ world, params, query, principal, log, about }) =>
  versionTold(about, await end(world, { ...params, adopt: query.adopt ?? false, principal, log }))

const setSandbox: Handler<'setSandbox'> = async ({ world, params, body, principal, log, about }) =>
  versionTold(about, await sandbox(world, { ...params, ...body, principal, log }))

/** Which version the tenant has now. */
function versionTold(about: About, installation: Installation): Installation {
  about({ version: installation.version })
  return installation
}

const listInstallationHistory: Handler<'listInstallationHistory'> = async ({ world, params, query }) => {
  await requireTenant(world.db, params.tenantId)
  const { skip = 0, take = 20 } = query
  const { rows, total } = await listHistory(world.db, params, { skip, take })
  if (total === 0) throw notInstalled(params)
  return { history: rows.map(historyEntry), total }
}

const getInstallationUpdate: Handler<'getInstallationUpdate'> = async ({ world, params }) => {
  const { tenantId, pluginId } = params
  await requireTenant(world.db, tenantId)
  const row = await findInstallation(world.db, tenantId, pluginId)
  if (!row) throw notInstalled(params)
  const [update] = await findUpdates(world, tenantId, await candidatesOf(world.db, tenantId, pluginId))
  return { pluginId, installed: row.version, update: update ?? null }
}

const listInstallationUpdates: Handler<'listInstallationUpdates'> = async ({ world, params, query }) => {
  const { tenantId } = params
  await requireTenant(world.db, tenantId)
  const { skip = 0, take = 20 } = query
  const candidates = await candidatesOf(world.db, tenantId)
  const page = new Map([...candidates].slice(skip, skip + take))
  return { updates: await findUpdates(world, tenantId, page), total: candidates.size }
}

const updateInstallation: Handler<'updateInstallation'> = async (call) => {
  const { world, params, query, body, principal, log, about } = call
  const force = query.force ?? false
  return versionTold(about, await updatePlugin(world, { ...params, request: body, force, principal, log }))
}

const rollbackInstallation: Handler<'rollbackInstallation'> = async (call) => {
  const { world, params, query, principal, log, about } = call
  return versionTold(about, await rollbackPlugin(world, { ...params, force: query.force ?? false, principal, log }))
}

const listTenantComponents: Handler<'listTenantComponents'> = ({ world, params, query, headers }) =>
  listComponents(world, params.tenantId, query, headers)

export const installationHandlers = {
  listInstallations,
  installPlugin,
  uninstallPlugin,
  enablePlugin,
  disablePlugin,
  configurePlugin,
  setExperiment,
  endExperiment,
  setSandbox,
  listInstallationHistory,
  getInstallationUpdate,
  listInstallationUpdates,
  updateInstallation,
  rollbackInstallation,
  listTenantComponents,
}
