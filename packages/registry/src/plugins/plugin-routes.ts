import { seesDrafts } from '../auth/policy.ts'
import type { Handler } from '../http/handler.ts'
import { jsonReply } from '../http/json-reply.ts'
import { RegistryError } from '../http/registry-error.ts'
import { setChannelsOf } from '../publishing/channel-store.ts'
import { channelsOf } from '../publishing/channels.ts'
import { versionsOf } from '../publishing/version-store.ts'
import { ownersOf } from './owner-store.ts'
import { wasPublished } from './plugin-status.ts'
import { findPlugin, listPublishedPlugins } from './plugin-store.ts'
import { pluginDetail, pluginSummary } from './plugin-view.ts'

const listPlugins: Handler<'listPlugins'> = async ({ world, query: { skip = 0, take = 20 } }) => {
  const { rows, total } = await listPublishedPlugins(world.db, { skip, take })
  return { plugins: rows.map((row) => pluginSummary(world, row)), total }
}

const getPlugin: Handler<'getPlugin'> = async ({ world, params: { pluginId }, principal, headers }) => {
  const { moment } = world.ready
  const row = await findPlugin(world.db, pluginId)
  const owners = row ? await ownersOf(world.db, pluginId) : []
  if (!row || (!wasPublished(row.status) && !seesDrafts(principal, owners, pluginId))) {
    throw new RegistryError('plugin_not_found', `There is no plugin ${pluginId}.`)
  }
  const channels = channelsOf(await versionsOf(world.db, pluginId), await setChannelsOf(world.db, pluginId))
  const reply = jsonReply(pluginDetail(world, row, { owners, channels }), headers)
  if (wasPublished(row.status)) {
    const about = { tag: `plugin:${pluginId}/listing`, route: '/api/plugins/:pluginId', moment }
    reply.keep(world.ready, `/api/plugins/${pluginId}`, about)
  }
  return reply
}

export const pluginHandlers = { listPlugins, getPlugin }
