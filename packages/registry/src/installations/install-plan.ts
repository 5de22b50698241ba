import { type ErrorCode, errors } from '@plexica/api'
import { compatibility, type Finding, hasErrors, type Manifest, type Platform } from '@plexica/manifest-schema'
import { type Configuration, readConfiguration } from './configuration.ts'
import { grantFindings } from './grants.ts'

export interface InstallRequest {
  readonly manifest: Manifest
  /** Version that the tenant has installed already. */
  readonly installed: string | undefined
  readonly platform: Platform | undefined
  /** Versions of the tenant's other plugins, by id. */
  readonly otherPlugins: ReadonlyMap<string, string>
  readonly configuration: Readonly<Record<string, unknown>>
  readonly grantedPermissions: readonly string[]
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
  const ungranted = grantFindings(manifest, grantedPermissions)
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
  return { step: 'install', configuration, grantedPermissions: [...grantedPermissions].sort() }
}
