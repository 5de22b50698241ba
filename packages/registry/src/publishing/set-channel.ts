import type { SetChannel } from '@plexica/api'
import { compareVersions } from '@plexica/manifest-schema'
import type { Logger } from 'pino'
import { subjectOf } from '../auth/principal.ts'
import type { Trx, VersionRow } from '../db/tables.ts'
import { RegistryError } from '../http/registry-error.ts'
import { refreshPlugin } from '../plugins/refresh-plugin.ts'
import { lockManaged, type ManageAct } from '../plugins/require-managed.ts'
import type { World } from '../world.ts'
import { putChannel, removeChannel, setChannelsOf } from './channel-store.ts'
import { channelRefusal, channelsOf } from './channels.ts'
import { findVersion, versionsOf } from './version-store.ts'

export interface ChannelAct extends ManageAct {
  readonly channel: string
  readonly log: Logger
}

/** Lets a channel mean a published version, whatever is published after it without naming the channel. */
export async function setChannel(
  world: World,
  act: ChannelAct & { readonly version: string; readonly allowPrerelease: boolean },
): Promise<SetChannel> {
  const { pluginId, channel, version } = act
  const set = { set_by: subjectOf(act.principal), set_at: world.now().toISOString() }
  await world.db.transaction().execute(async (trx) => {
    await lockManaged(trx, act)
    const row = await findVersion(trx, pluginId, version)
    if (!row) throw new RegistryError('version_not_found', `${pluginId} has no version ${version}.`)
    if (row.state !== 'published') {
      throw new RegistryError('state_conflict', `${pluginId}@${version} is ${row.state}, not published.`)
    }
    const channels = channelsOf(await versionsOf(trx, pluginId), await setChannelsOf(trx, pluginId))
    const refused = channelRefusal({ ...act, channels })
    if (refused) throw new RegistryError(refused.code, refused.detail)
    await putChannel(trx, { plugin_id: pluginId, channel, version, ...set })
    await refreshPlugin(trx, pluginId, set.set_at)
  })
  world.ready.drop(`plugin:${pluginId}`)
  act.log.info({ pluginId, channel, version, by: set.set_by }, 'channel set')
  return { tag: channel, version, setBy: set.set_by, setAt: set.set_at }
}

/** Lets a channel follow what is published to it again. */
export async function deleteChannel(world: World, act: ChannelAct): Promise<void> {
  const { pluginId, channel } = act
  await world.db.transaction().execute(async (trx) => {
    await lockManaged(trx, act)
    if (!(await removeChannel(trx, pluginId, channel))) {
      throw new RegistryError('channel_not_found', `The channel ${channel} of ${pluginId} was not set by anybody.`)
    }
    await refreshPlugin(trx, pluginId, world.now().toISOString())
  })
  world.ready.drop(`plugin:${pluginId}`)
  act.log.info({ pluginId, channel, by: subjectOf(act.principal) }, 'channel removed')
}

/** A version that was published to a channel takes it over, unless it was set to a higher one. */
export async function followChannel(
  trx: Trx,
  row: Pick<VersionRow, 'plugin_id' | 'version' | 'channel'>,
): Promise<void> {
  const { plugin_id: pluginId, version, channel } = row
  if (channel === null) return
  const set = (await setChannelsOf(trx, pluginId)).find((one) => one.channel === channel)
  if (set && compareVersions(version, set.version) > 0) await removeChannel(trx, pluginId, channel)
}
