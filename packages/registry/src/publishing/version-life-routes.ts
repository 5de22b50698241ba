import { isSuperAdmin } from '../auth/principal.ts'
import type { Handler } from '../http/handler.ts'
import { RegistryError } from '../http/registry-error.ts'
import { countInstallations, listTenantsWith } from '../installations/installation-store.ts'
import * as deprecation from '../plugins/deprecate-plugin.ts'
import { requireManaged } from '../plugins/require-managed.ts'
import type { World } from '../world.ts'
import { setChannelsOf } from './channel-store.ts'
import { channelsOf } from './channels.ts'
import * as channels from './set-channel.ts'
import { findSummaries, resolveVersion, versionsOf } from './version-store.ts'
import { versionSummary } from './version-view.ts'
import * as withdraw from './withdraw-version.ts'

const yankVersion: Handler<'yankVersion'> = async ({ world, params, body, principal, log }) => {
  await withdraw.yankVersion(world, { ...params, ...body, principal, log })
  return summaryOf(world, params)
}

const unyankVersion: Handler<'unyankVersion'> = async ({ world, params, principal, log }) => {
  await withdraw.unyankVersion(world, { ...params, principal, log })
  return summaryOf(world, params)
}

const deleteVersion: Handler<'deleteVersion'> = async ({ world, params, query, principal, log }) => {
  await withdraw.deleteVersion(world, { ...params, ...query, principal, log })
  return undefined
}

const getVersionUsage: Handler<'getVersionUsage'> = async ({ world, params, query, principal }) => {
  const { pluginId } = params
  const { skip = 0, take = 20 } = query
  await requireManaged(world.db, { pluginId, principal })
  const { version } = await resolveVersion(world.db, pluginId, params.version, { drafts: true })
  const total = await countInstallations(world.db, pluginId, version)
  const rows = isSuperAdmin(principal) ? await listTenantsWith(world.db, pluginId, version, { skip, take }) : undefined
  const tenants = rows?.map((row) => ({
    tenantId: row.tenant_id,
    enabled: row.enabled === 1,
    installedAt: row.installed_at,
  }))
  return { pluginId, version, total, tenants: tenants ?? null }
}

const setChannel: Handler<'setChannel'> = ({ world, params: { pluginId, tag }, body, principal, log, about }) => {
  const { version, allowPrerelease = false } = body
  about({ version })
  return channels.setChannel(world, { pluginId, channel: tag, version, allowPrerelease, principal, log })
}

const deleteChannel: Handler<'deleteChannel'> = async ({ world, params: { pluginId, tag }, principal, log }) => {
  await channels.deleteChannel(world, { pluginId, channel: tag, principal, log })
  return undefined
}

const deprecatePlugin: Handler<'deprecatePlugin'> = ({ world, params, body, principal, log }) =>
  deprecation.deprecatePlugin(world, { ...params, ...body, principal, log })

const undeprecatePlugin: Handler<'undeprecatePlugin'> = ({ world, params, principal, log }) =>
  deprecation.undeprecatePlugin(world, { ...params, principal, log })

async function summaryOf({ db }: World, { pluginId, version }: { pluginId: string; version: string }) {
  const [row] = await findSummaries(db, pluginId, [version])
  if (!row) throw new RegistryError('version_not_found', `${pluginId} has no version ${version}.`)
  return versionSummary(row, channelsOf(await versionsOf(db, pluginId), await setChannelsOf(db, pluginId)))
}

export const versionLifeHandlers = {
  yankVersion,
  unyankVersion,
  deleteVersion,
  getVersionUsage,
  setChannel,
  deleteChannel,
  deprecatePlugin,
  undeprecatePlugin,
}
