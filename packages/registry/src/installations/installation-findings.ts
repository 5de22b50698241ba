import { type Finding, findingsOf, type RuleTable } from '@plexica/manifest-schema'
import type { InstalledVersionRow } from './installation-store.ts'
import { sealedBy } from './seal-secrets.ts'

/** What a tenant is told of a plugin that it has. */
export const installationRules = {
  'plugin-deprecated': {
    severity: 'warning',
    summary: 'The owners of the plugin advise against it.',
    fix: 'Look for another plugin.',
  },
  'version-yanked': {
    severity: 'warning',
    summary: 'The installed version was withdrawn after it had been installed.',
    fix: 'Update to another version.',
  },
  'secret-unreadable': {
    severity: 'warning',
    summary: 'A secret of the configuration was sealed with a key that the registry does not have any more.',
    fix: 'Send the secret anew, or have the operator add the key to PLEXICA_SECRET_KEY_PREVIOUS.',
  },
  'version-affected': {
    severity: 'warning',
    summary: 'Security advisories name what the installed version bundles.',
    fix: 'Update to a version without them, or ask the owners for one.',
  },
} as const satisfies RuleTable

const finding = findingsOf(installationRules)

type Installed = Pick<
  InstalledVersionRow,
  | 'plugin_id'
  | 'version'
  | 'state'
  | 'reason'
  | 'deprecated_reason'
  | 'deprecated_successor'
  | 'secrets'
  | 'advisory_count'
>

/** @param keyIds ids of the keys that the registry has. */
export function installationFindings(row: Installed, keyIds: readonly string[]): Finding[] {
  const findings: Finding[] = []
  if (row.deprecated_reason !== null) {
    const fix = row.deprecated_successor === null ? undefined : `Use ${row.deprecated_successor} instead.`
    findings.push(finding('plugin-deprecated', `${row.plugin_id} is deprecated: ${row.deprecated_reason}`, { fix }))
  }
  if (row.state === 'yanked') {
    findings.push(finding('version-yanked', `${row.plugin_id} ${row.version} was yanked: ${row.reason ?? ''}`))
  }
  for (const [name, sealed] of Object.entries<string>(JSON.parse(row.secrets))) {
    const keyId = sealedBy(sealed)
    if (keyIds.includes(keyId)) continue
    const path = `configuration.${name}`
    findings.push(finding('secret-unreadable', `${path} was sealed with the key ${keyId}, which is gone.`, { path }))
  }
  if (row.advisory_count > 0) {
    const advisories =
      row.advisory_count === 1 ? '1 security advisory names' : `${row.advisory_count} security advisories name`
    findings.push(finding('version-affected', `${advisories} what ${row.plugin_id} ${row.version} bundles.`))
  }
  return findings
}
