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
import { type Configuration, readConfiguration } from './configuration.ts'

export const permissionRules = {
  'permission-not-granted': {
    severity: 'error',
    summary: 'A permission that the plugin requires was not granted',
    fix: 'Grant it, or do not install the plugin.',
  },
  'permission-not-required': {
    severity: 'error',
    summary: 'A permission was granted that the plugin does not require',
    fix: 'Leave it out.',
  },
} as const satisfies RuleTable

const finding = findingsOf(permissionRules)

export interface InstallRequest {
  readonly manifest: Manifest
  /** Version that the tenant has installed already. */
  readonly installed: string | undefined
  readonly platform: Platform | undefined
  /** Versions of the tenant's other plugins, by id. */
  readonly otherPlugins: ReadonlyMap<string, string>
  readonly configuration: Readonly<Record<string, unknown>>
  readonly grantedPermissions: readonly string[]
  /** Whether the registry has a key to seal secrets with. */
  readonly canSeal: boolean
}

export type InstallPlan =
  | { readonly step: 'keep' }
  | { readonly step: 'install'; readonly configuration: Configuration; readonly grantedPermissions: readonly string[] }
  | {
      readonly step: 'refuse'
      readonly code: ErrorCode
      readonly detail: string
      readonly findings: readonly Finding[]
    }

/** What installing this version for a tenant comes to. A refusal is named by its gravest reason and lists all of them. */
export function installPlan(request: InstallRequest): InstallPlan {
  const { manifest, installed, grantedPermissions } = request
  if (installed === manifest.version) return { step: 'keep' }
  if (installed !== undefined) {
    const detail = `The tenant has ${manifest.id} ${installed} installed, not ${manifest.version}.`
    return { step: 'refuse', code: 'already_installed', detail, findings: [] }
  }
  const unfit = compatibility(manifest, request.platform, request.otherPlugins)
  const ungranted = grants(request)
  const { configuration, findings } = readConfiguration(manifest.configSchema, request.configuration)
  const all = [...unfit, ...ungranted, ...findings]
  if (!configuration || hasErrors(all)) {
    const code = hasErrors(unfit)
      ? 'incompatible'
      : hasErrors(ungranted)
        ? 'permissions_not_granted'
        : 'configuration_invalid'
    return { step: 'refuse', code, detail: errors[code].sentence, findings: all }
  }
  if (configuration.secrets.size > 0 && !request.canSeal) {
    const names = [...configuration.secrets.keys()].join(', ')
    return {
      step: 'refuse',
      code: 'secrets_unavailable',
      detail: `The registry has no key to seal ${names} with.`,
      findings: [],
    }
  }
  return { step: 'install', configuration, grantedPermissions: [...grantedPermissions].sort() }
}

function grants({ manifest: { id, requiredPermissions = [] }, grantedPermissions }: InstallRequest): Finding[] {
  const missing = requiredPermissions.filter((permission) => !grantedPermissions.includes(permission))
  const idle = grantedPermissions.filter((permission) => !requiredPermissions.includes(permission))
  return [
    ...missing.map((name) =>
      finding('permission-not-granted', `${id} requires the permission ${name}.`, { path: name }),
    ),
    ...idle.map((name) =>
      finding('permission-not-required', `${id} does not require the permission ${name}.`, { path: name }),
    ),
  ]
}
