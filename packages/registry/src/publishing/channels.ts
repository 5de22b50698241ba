import { compareVersions, isPrerelease, latestVersion } from '@plexica/manifest-schema'

/** The channel that is meant where nobody names one. */
export const latest = 'latest'

/** Channels of one plugin; more are a mistake. */
export const mostChannels = 50

interface Candidate {
  readonly version: string
  readonly state: string
  /** To which it was published; null leaves it to its number. */
  readonly channel: string | null
}

/** A channel that somebody has set to a version. */
export interface SetTo {
  readonly channel: string
  readonly version: string
}

/**
 * Which version each channel of a plugin means. One that was set means that version while it is given out; any other
 * follows the highest published to it. To `latest` belong, besides those published to it, all releases without a channel:
 * a prerelease becomes `latest` only where somebody says so.
 */
export function channelsOf(versions: readonly Candidate[], set: readonly SetTo[]): Map<string, string> {
  const published = versions.filter(({ state }) => state === 'published')
  const names = new Set([latest, ...published.flatMap(({ channel }) => channel ?? [])])
  const channels = new Map<string, string>()
  for (const name of [...names].sort()) {
    const members = published.filter(({ channel }) => (channel ?? latest) === name).map(({ version }) => version)
    const followed = name === latest ? latestVersion(members) : members.toSorted(compareVersions).at(-1)
    if (followed !== undefined) channels.set(name, followed)
  }
  for (const { channel, version } of set) {
    if (published.some((one) => one.version === version)) channels.set(channel, version)
  }
  return channels
}

/** The channels that mean this version, by name. */
export function channelsTo(channels: ReadonlyMap<string, string>, version: string): string[] {
  return [...channels].flatMap(([name, to]) => (to === version ? [name] : [])).sort()
}

export interface ChannelFacts {
  readonly channel: string
  readonly version: string
  readonly allowPrerelease: boolean
  /** The plugin's channels as they are. */
  readonly channels: ReadonlyMap<string, string>
}

/** Why a version may not go into a channel; undefined when it may. */
export function channelRefusal(
  facts: ChannelFacts,
): { code: 'prerelease_latest' | 'too_many_channels'; detail: string } | undefined {
  const { channel, version, allowPrerelease, channels } = facts
  if (channel === latest && isPrerelease(version) && !allowPrerelease) {
    return { code: 'prerelease_latest', detail: `${version} is a prerelease.` }
  }
  if (channels.size >= mostChannels && !channels.has(channel)) {
    return {
      code: 'too_many_channels',
      detail: `The plugin has ${channels.size} channels; ${channel} would be one more.`,
    }
  }
  return undefined
}
