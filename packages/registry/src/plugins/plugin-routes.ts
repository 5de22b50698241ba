import { refusal, seesDrafts } from '../auth/policy.ts'
import type { Handler } from '../http/handler.ts'
import { jsonReply } from '../http/json-reply.ts'
import { RegistryError } from '../http/registry-error.ts'
import { setChannelsOf } from '../publishing/channel-store.ts'
import { channelsOf } from '../publishing/channels.ts'
import { versionsOf } from '../publishing/version-store.ts'
import { changePlugin as change, settingsOf } from './change-plugin.ts'
import { deletePlugin as remove } from './delete-plugin.ts'
import { ownersOf } from './owner-store.ts'
import { wasPublished } from './plugin-status.ts'
import { findVisiblePlugin, listOwnPlugins, listPublishedPlugins } from './plugin-store.ts'
import { pluginDetail, pluginSummary } from './plugin-view.ts'
import { requireManaged } from './require-managed.ts'
import { noPlugin } from './require-visible.ts'
import { listedSuccessors } from './successor-store.ts'
import { viewerOf } from './visibility.ts'

const listPlugins: Handler<'listPlugins'> = async ({ world, query, principal }) => {
  const { skip = 0, take = 20, owner } = query
  const refused = owner === 'me' && refusal(principal, 'plugin:read-drafts')
  if (refused) throw new RegistryError(refused.code, refused.detail)
  const viewer = viewerOf(principal)
  const list = owner === 'me' ? listOwnPlugins : listPublishedPlugins
  const { rows, total } = await list(world.db, { skip, take, viewer })
  return { plugins: rows.map((row) => pluginSummary(world, row, viewer)), total }
}

const getPlugin: Handler<'getPlugin'> = async ({ world, params: { pluginId }, principal, headers }) => {
  const { moment } = world.ready
  const viewer = viewerOf(principal)
  const row = await findVisiblePlugin(world.db, pluginId, viewer)
  const owners = row ? await ownersOf(world.db, pluginId) : []
  if (!row || (!wasPublished(row.status) && !seesDrafts(principal, owners, pluginId))) {
    throw noPlugin(pluginId)
  }
  const channels = channelsOf(await versionsOf(world.db, pluginId), await setChannelsOf(world.db, pluginId))
  const successors = await listedSuccessors(world.db, [row.deprecated_successor], viewer)
  const reply = jsonReply(pluginDetail(world, row, { owners, channels, successors, viewer }), headers)
  // Whoever changes a successor does not know whose page shows it.
  const isFixed = row.deprecated_successor === null
  if (wasPublished(row.status) && row.visibility === 'public' && isFixed) {
    const about = { tag: `plugin:${pluginId}/listing`, route: '/api/plugins/:pluginId', moment }
    reply.keep(world.ready, `/api/plugins/${pluginId}`, about)
  }
  return reply
}

const getPluginSettings: Handler<'getPluginSettings'> = async ({ world, params: { pluginId }, principal }) => {
  await requireManaged(world.db, { pluginId, principal })
  return settingsOf(world.db, pluginId)
}

const changePlugin: Handler<'changePlugin'> = ({ world, params, body, principal, log }) =>
  change(world, { ...params, ...body, principal, log })

const deletePlugin: Handler<'deletePlugin'> = async ({ world, params, query, principal, log }) => {
  await remove(world, { ...params, ...query, principal, log })
  return undefined
}

export const pluginHandlers = { listPlugins, getPlugin, getPluginSettings, changePlugin, deletePlugin }
