import { seesDrafts } from '../auth/policy.ts'
import type { Principal } from '../auth/principal.ts'
import type { Handler } from '../http/handler.ts'
import { ownersOf } from '../plugins/owner-store.ts'
import { isVisible, noPlugin, requireVisible } from '../plugins/require-visible.ts'
import type { World } from '../world.ts'
import { setChannelsOf } from './channel-store.ts'
import { channelsOf } from './channels.ts'
import { preflightVersion, type Upload } from './decide-upload.ts'
import { requireKept } from './package-blob.ts'
import { packageReply } from './package-reply.ts'
import { publishVersion as publish } from './publish-version.ts'
import { findSummaries, isPublic, type LightVersion, resolveVersion, versionsOf } from './version-store.ts'
import { versionDetail, versionSummary } from './version-view.ts'

const publishPlugin: Handler<'publishPlugin'> = (call) => publish(call.world, uploadOf(call))

const publishVersion: Handler<'publishVersion'> = (call) =>
  publish(call.world, uploadOf(call, { pluginId: call.params.pluginId }))

const preflight: Handler<'preflight'> = (call) => preflightVersion(call.world, uploadOf(call))

const listVersions: Handler<'listVersions'> = async ({ world, params: { pluginId }, query, principal }) => {
  const { skip = 0, take = 20 } = query
  const { visible, channels } = await visibleVersions(world, principal, pluginId)
  const page = visible.slice(skip, skip + take).map(({ version }) => version)
  const rows = await findSummaries(world.db, pluginId, page)
  return { versions: rows.map((row) => versionSummary(row, channels)), total: visible.length }
}

const getVersion: Handler<'getVersion'> = async ({ world, params: { pluginId, version }, principal }) => {
  const { drafts, channels } = await visibleVersions(world, principal, pluginId)
  return versionDetail(await resolveVersion(world.db, pluginId, version, { drafts }), channels)
}

const getPackage: Handler<'getPackage'> = async ({ world, params: { pluginId, version }, principal, headers }) => {
  const { moment } = world.ready
  const { drafts } = await visibleVersions(world, principal, pluginId)
  const row = await resolveVersion(world.db, pluginId, version, { drafts })
  requireKept(row, { pluginId, version: row.version })
  const isForAll = isPublic(row.state) && (await isVisible(world.db, pluginId, { kind: 'anybody' }))
  return packageReply(world, row, headers, { isShared: isForAll && version === row.version, moment })
}

/** The versions that somebody may see. Throws `plugin_not_found` when there are none: such a plugin does not show. */
async function visibleVersions(
  world: World,
  principal: Principal,
  pluginId: string,
): Promise<{ visible: LightVersion[]; drafts: boolean; channels: Map<string, string> }> {
  await requireVisible(world.db, pluginId, principal)
  const drafts = seesDrafts(principal, await ownersOf(world.db, pluginId), pluginId)
  const all = await versionsOf(world.db, pluginId)
  const visible = drafts ? all : all.filter(({ state }) => isPublic(state))
  if (visible.length === 0) throw noPlugin(pluginId)
  return { visible, drafts, channels: channelsOf(all, await setChannelsOf(world.db, pluginId)) }
}

function uploadOf(
  call: Pick<Parameters<Handler<'publishPlugin'>>[0], 'principal' | 'body' | 'query' | 'headers' | 'log' | 'about'>,
  { pluginId }: { pluginId?: string } = {},
): Upload {
  const length = Number(call.headers['content-length'] ?? Number.NaN)
  return {
    principal: call.principal,
    body: call.body,
    contentLength: Number.isNaN(length) ? undefined : length,
    claimedDigest: call.query.digest,
    pluginId,
    channel: call.query.tag,
    submit: call.query.submit ?? true,
    visibility: call.query.visibility,
    log: call.log,
    about: call.about,
  }
}

export const publishingHandlers = { publishPlugin, publishVersion, preflight, listVersions, getVersion, getPackage }
