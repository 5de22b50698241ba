import type { Deprecation } from '@plexica/api'
import type { PluginRow } from '../db/tables.ts'

/** What is said of a plugin that its owners advise against, to somebody who could have these successors. */
export function deprecationOf(
  row: Pick<PluginRow, 'deprecated_reason' | 'deprecated_successor' | 'deprecated_at'>,
  successors: ReadonlySet<string>,
): Deprecation | null {
  const { deprecated_reason: reason, deprecated_successor: named, deprecated_at: at } = row
  const successor = named !== null && successors.has(named) ? named : null
  return reason === null || at === null ? null : { reason, successor, at }
}

export interface DeprecationFacts {
  readonly pluginId: string
  /** Whether people can have the plugin at all. */
  readonly isPublic: boolean
  readonly successor: string | undefined
  /** Of the successor: whether anybody can install it. */
  readonly isSuccessorListed: boolean
}

/** Why a plugin cannot be deprecated in these words; undefined when it can. */
export function deprecationRefusal(
  facts: DeprecationFacts,
): { code: 'state_conflict' | 'request_invalid'; detail: string } | undefined {
  const { pluginId, isPublic, successor, isSuccessorListed } = facts
  if (!isPublic) return { code: 'state_conflict', detail: `${pluginId} has not been published: nobody has it.` }
  if (successor === pluginId) return { code: 'request_invalid', detail: 'A plugin does not succeed itself.' }
  if (successor !== undefined && !isSuccessorListed) {
    return { code: 'request_invalid', detail: `The successor ${successor} is no published plugin.` }
  }
  return undefined
}
