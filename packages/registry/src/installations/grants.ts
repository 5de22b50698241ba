import { type Finding, findingsOf, type Manifest, type RuleTable } from '@plexica/manifest-schema'

export const permissionRules = {
  'permission-not-granted': {
    severity: 'error',
    summary: 'A permission that the plugin requires was not granted.',
    fix: 'Grant it, or do not install the plugin.',
  },
  'permission-not-required': {
    severity: 'error',
    summary: 'A permission was granted that the plugin does not require.',
    fix: 'Leave it out.',
  },
} as const satisfies RuleTable

const finding = findingsOf(permissionRules)

/** Each permission that is required but not granted, or granted but not required. */
export function grantFindings({ id, requiredPermissions = [] }: Manifest, granted: readonly string[]): Finding[] {
  const missing = requiredPermissions.filter((permission) => !granted.includes(permission))
  const idle = granted.filter((permission) => !requiredPermissions.includes(permission))
  return [
    ...missing.map((name) =>
      finding('permission-not-granted', `${id} requires the permission ${name}.`, { path: name }),
    ),
    ...idle.map((name) =>
      finding('permission-not-required', `${id} does not require the permission ${name}.`, { path: name }),
    ),
  ]
}
