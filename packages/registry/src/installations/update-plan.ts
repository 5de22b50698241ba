import { type ErrorCode, errors } from '@plexica/api'
import {
  compatibility,
  type Finding,
  findingsOf,
  hasErrors,
  type Manifest,
  type Platform,
  type RuleTable,
} from '@plexica/manifest-schema'
import { carryOver, type SetConfiguration } from './carry-over.ts'
import type { Values } from './configuration.ts'
import { type Dependent, leftBehind, neededSentence } from './dependency-rules.ts'
import { grantFindings } from './grants.ts'
import type { KeepingConfiguration } from './kept-secrets.ts'

export const hostRules = {
  'host-not-accepted': {
    severity: 'error',
    summary: 'The new version contacts a host that the installed one does not, and nobody has accepted it.',
    fix: 'Accept it in `acceptedHosts`, or do not update.',
  },
} as const satisfies RuleTable

const finding = findingsOf(hostRules)

/** A tenant's plugin as it is, and the version to which it would change. */
export interface UpdateFacts {
  /** Of the installed version. */
  readonly from: Manifest
  readonly to: Manifest
  readonly granted: readonly string[]
  readonly configured: SetConfiguration
  readonly platform: Platform | undefined
  /** Versions of the tenant's plugins, by id. */
  readonly installed: ReadonlyMap<string, string>
  /** The tenant's plugins that depend on any. */
  readonly dependents: readonly Dependent[]
}

/** What a tenant's admin says to an update. */
export interface UpdateAnswers {
  readonly configuration: Readonly<Values>
  readonly grantedPermissions: readonly string[]
  readonly acceptedHosts: readonly string[]
}

/** What stands in the way of an update, each kind by itself, and what comes out of it. */
export interface UpdateOutlook {
  readonly newPermissions: readonly string[]
  readonly newHosts: readonly string[]
  /** Why it does not run: the platform, or the tenant's other plugins. */
  readonly unfit: readonly Finding[]
  readonly leftBehind: readonly Finding[]
  readonly ungranted: readonly Finding[]
  readonly unaccepted: readonly Finding[]
  readonly configuring: readonly Finding[]
  /** Undefined while something is missing or wrong. */
  readonly configuration: KeepingConfiguration | undefined
}

export function updateOutlook(facts: UpdateFacts, answers: UpdateAnswers): UpdateOutlook {
  const { from, to, granted } = facts
  const required = to.requiredPermissions ?? []
  const newPermissions = required.filter((permission) => !granted.includes(permission))
  const newHosts = (to.network ?? []).filter((host) => !reaches(from.network ?? [], host))
  const known = granted.filter((permission) => required.includes(permission))
  const { configuration, findings } = carryOver(facts.configured, to.configSchema, answers.configuration)
  return {
    newPermissions,
    newHosts,
    unfit: compatibility(to, facts.platform, facts.installed),
    leftBehind: leftBehind(to.id, { from: from.version, to: to.version }, facts.dependents),
    ungranted: grantFindings(to, [...new Set([...known, ...answers.grantedPermissions])]),
    unaccepted: newHosts
      .filter((host) => !answers.acceptedHosts.includes(host))
      .map((host) => finding('host-not-accepted', `${to.id} ${to.version} contacts ${host}.`, { path: host })),
    configuring: findings,
    configuration,
  }
}

/** `*.example.com` reaches every host below it. */
function reaches(hosts: readonly string[], host: string): boolean {
  return hosts.some((one) => one === host || (one.startsWith('*.') && host.endsWith(one.slice(1))))
}

export type UpdatePlan =
  | {
      readonly step: 'update'
      readonly configuration: KeepingConfiguration
      readonly grantedPermissions: readonly string[]
    }
  | {
      readonly step: 'refuse'
      readonly code: ErrorCode
      readonly detail: string
      readonly findings: readonly Finding[]
    }

/**
 * What updating with these answers comes to. A refusal is named by its gravest reason and lists all of them.
 * @param force goes on although other plugins of the tenant need the version that is left.
 */
export function updatePlan(facts: UpdateFacts, answers: UpdateAnswers, force: boolean): UpdatePlan {
  const outlook = updateOutlook(facts, answers)
  const reasons: readonly (readonly [ErrorCode, readonly Finding[]])[] = [
    ['incompatible', outlook.unfit],
    ['plugin_needed', force ? [] : outlook.leftBehind],
    ['permissions_not_granted', outlook.ungranted],
    ['hosts_not_accepted', outlook.unaccepted],
    ['configuration_invalid', outlook.configuring],
  ]
  const gravest = reasons.find(([, findings]) => hasErrors(findings))
  if (gravest || !outlook.configuration) {
    const [code] = gravest ?? ['configuration_invalid']
    const detail = code === 'plugin_needed' ? neededSentence(outlook.leftBehind) : errors[code].sentence
    return { step: 'refuse', code, detail, findings: reasons.flatMap(([, all]) => all) }
  }
  return {
    step: 'update',
    configuration: outlook.configuration,
    grantedPermissions: [...(facts.to.requiredPermissions ?? [])].sort(),
  }
}
