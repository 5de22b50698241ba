import type { ErrorCode, VersionState, Visibility } from '@plexica/api'
import type { Inspection } from '@plexica/inspect'
import { type Finding, hasErrors, type Manifest } from '@plexica/manifest-schema'
import { publishRefusal } from '../auth/policy.ts'
import type { Principal } from '../auth/principal.ts'
import { nextState } from '../review/version-state.ts'
import { channelRefusal } from './channels.ts'

/** All that the decision about a package depends on. */
export interface PublishFacts {
  readonly principal: Principal
  readonly inspection: Inspection
  /** What the client says that it packed. */
  readonly claimedDigest: string | undefined
  /** The plugin that the address names, when it names one. */
  readonly pluginId: string | undefined
  /** To which it is to be published. */
  readonly channel: string | undefined
  /** False leaves the version a draft. */
  readonly submit: boolean
  /** What the plugin is to be; undefined leaves it as it is, and makes a new one public. */
  readonly visibility: Visibility | undefined
  /** What the plugin is that is there already. */
  readonly currentVisibility: Visibility | undefined
  /** Of the plugin that the manifest names; of the address's where the manifest names none. */
  readonly owners: readonly string[]
  /** The version of this number that is there already. */
  readonly existing: { readonly state: string; readonly digest: string; readonly channel?: string | null } | undefined
  /** Whether a version of this number was deleted. */
  readonly isDeleted: boolean
  /** Another plugin whose id reads like this one, in words that whoever publishes may read. */
  readonly twin: string | undefined
  /** The plugin's channels; looked up only where one is asked for. */
  readonly channels: ReadonlyMap<string, string>
}

export type PublishDecision =
  | { readonly verdict: 'refused'; readonly code: ErrorCode; readonly detail: string; readonly findings?: Finding[] }
  | Unchanged
  | Accepted

/** These bytes are there already; a draft may still have to be submitted. */
export interface Unchanged {
  readonly verdict: 'unchanged'
  readonly submit: boolean
  /** Where they are to be published instead, which can be said until they are decided about. */
  readonly channel?: string
}

export interface Accepted {
  readonly verdict: 'accepted'
  readonly manifest: Manifest
  readonly digest: string
  readonly state: VersionState
  /** What a plugin becomes that is not there yet. */
  readonly visibility: Visibility
}

/** What becomes of a package: the same rule for the preflight, the publishing, and the second look inside its transaction. */
export function decidePublish(facts: PublishFacts): PublishDecision {
  const { inspection, claimedDigest, pluginId, principal, owners, existing, submit } = facts
  const { manifest, digest } = inspection
  if (digest !== undefined && claimedDigest !== undefined && digest !== claimedDigest) {
    return refused('digest_mismatch', `${claimedDigest} was announced, ${digest} arrived.`)
  }
  // Whose plugin it is comes before what is wrong with the package.
  const id = manifest?.id ?? pluginId
  const mayNot = id === undefined ? undefined : publishRefusal(principal, id, owners)
  if (mayNot) return refused(mayNot.code, mayNot.detail)
  if (manifest && pluginId !== undefined && id !== pluginId) {
    return refused('plugin_id_mismatch', `The address names ${pluginId}, the manifest ${manifest.id}.`)
  }
  const taken = manifest && numberRefusal(manifest, facts)
  if (taken) return taken
  const errors = hasErrors(inspection.findings)
  if (existing && existing.digest === digest && !(errors && existing.state === 'draft' && submit)) {
    return { verdict: 'unchanged', submit: existing.state === 'draft' && submit, ...movedChannel(existing, facts) }
  }
  if (errors || !manifest || digest === undefined) {
    const count = inspection.findings.filter((finding) => finding.severity === 'error').length
    const detail = `The package has ${count} ${count === 1 ? 'error' : 'errors'}; nothing was stored.`
    return refused('package_refused', detail, inspection.findings)
  }
  const uploaded = nextState(existing?.state as VersionState | undefined, 'upload')
  const next = 'state' in uploaded && submit ? nextState(uploaded.state, 'submit') : uploaded
  if ('code' in next) {
    return refused(
      next.code,
      `${manifest.id}@${manifest.version} is ${existing?.state ?? 'new'} with other bytes (${existing?.digest}).`,
    )
  }
  return { verdict: 'accepted', manifest, digest, state: next.state, visibility: facts.visibility ?? 'public' }
}

/** The channel that somebody names now for what was sent for another one, while nothing is decided. */
function movedChannel(
  { state, channel }: NonNullable<PublishFacts['existing']>,
  facts: PublishFacts,
): { channel?: string } {
  const isOpen = state === 'draft' || state === 'pending_review'
  return isOpen && facts.channel !== undefined && facts.channel !== channel ? { channel: facts.channel } : {}
}

/** Why no package may have this id, number or channel; its content does not matter. */
function numberRefusal({ id, version }: Manifest, facts: PublishFacts): PublishDecision | undefined {
  const { isDeleted, owners, twin, channel, channels, visibility, currentVisibility = visibility } = facts
  if (owners.length === 0 && twin !== undefined) {
    return refused('id_looks_taken', `${id} reads like ${twin}, which is there already.`)
  }
  if (isDeleted) return refused('version_taken', `${id}@${version} was deleted; its number is not used again.`)
  if (visibility !== undefined && visibility !== currentVisibility) {
    return refused('visibility_conflict', `${id} is ${currentVisibility}, not ${visibility}.`)
  }
  const mayNot = channel && channelRefusal({ channel, version, allowPrerelease: false, channels })
  return mayNot ? refused(mayNot.code, mayNot.detail) : undefined
}

function refused(code: ErrorCode, detail: string, findings?: Finding[]): PublishDecision {
  return { verdict: 'refused', code, detail, ...(findings ? { findings } : {}) }
}
