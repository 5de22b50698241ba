import { compareVersions, isPrerelease } from '@plexica/manifest-schema'
import { channelsOf, latest, type SetTo } from '../publishing/channels.ts'

/** Newer versions that are looked at for an update. */
export const mostCandidates = 20

/** A published version. */
export interface PublishedVersion {
  readonly version: string
  /** To which it was published; null leaves it to its number. */
  readonly channel: string | null
}

/**
 * The versions to which a tenant would update, newest first: those after the installed one in `latest` and in the
 * channel that the installed one was published to. Where an owner has set a channel back, nothing above it.
 */
export function updateCandidates(
  installed: PublishedVersion,
  published: readonly PublishedVersion[],
  set: readonly SetTo[],
): string[] {
  const heads = channelsOf(
    published.map((one) => ({ ...one, state: 'published' })),
    set,
  )
  const found = new Set<string>()
  for (const channel of new Set([latest, installed.channel ?? latest])) {
    const head = heads.get(channel)
    if (head === undefined) continue
    for (const { version, channel: of } of published) {
      const belongs = (of ?? latest) === channel && (channel !== latest || !isPrerelease(version))
      if (version === head || (belongs && compareVersions(version, head) < 0)) found.add(version)
    }
  }
  return [...found]
    .filter((version) => compareVersions(version, installed.version) > 0)
    .sort(compareVersions)
    .reverse()
    .slice(0, mostCandidates)
}
