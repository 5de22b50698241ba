import type { BodyOf, Installation, Routes } from '@plexica/api'
import type { Manifest } from '@plexica/manifest-schema'
import type { Logger } from 'pino'
import { type Principal, subjectOf } from '../auth/principal.ts'
import type { Db, InstallationRow, VersionRow } from '../db/tables.ts'
import { RegistryError } from '../http/registry-error.ts'
import { wasPublished } from '../plugins/plugin-status.ts'
import { findPlugin } from '../plugins/plugin-store.ts'
import { resolveVersion } from '../publishing/version-store.ts'
import { countInstall } from '../search/install-day-store.ts'
import { requireTenant } from '../tenants/tenant-store.ts'
import type { World } from '../world.ts'
import type { Configuration } from './configuration.ts'
import { installPlan } from './install-plan.ts'
import { findInstallation, insertInstallation, versionsInstalled } from './installation-store.ts'
import { installationView } from './installation-view.ts'
import { sealSecret } from './seal-secrets.ts'

export interface Install {
  readonly tenantId: string
  readonly pluginId: string
  readonly request: BodyOf<Routes['installPlugin']>
  readonly principal: Principal
  readonly log: Logger
}

/** Installs a published version for a tenant. The same version again changes nothing and has the same answer. */
export async function installPlugin(world: World, install: Install): Promise<Installation> {
  const { tenantId, pluginId, request } = install
  await requireTenant(world.db, tenantId)
  const version = await installableVersion(world.db, pluginId, request.version ?? 'latest')
  const manifest: Manifest = JSON.parse(version.manifest)
  const plan = installPlan({
    manifest,
    installed: (await findInstallation(world.db, tenantId, pluginId))?.version,
    platform: world.platform,
    otherPlugins: await versionsInstalled(world.db, tenantId, Object.keys(manifest.dependencies ?? {})),
    configuration: request.configuration ?? {},
    grantedPermissions: request.grantedPermissions ?? [],
    canSeal: world.config.secretKey !== undefined,
  })
  if (plan.step === 'refuse') throw new RegistryError(plan.code, plan.detail, { findings: plan.findings })
  if (plan.step === 'install') {
    const row = newRow(world, install, version, plan.configuration, plan.grantedPermissions)
    const added = await world.db.transaction().execute(async (trx) => {
      const isNew = await insertInstallation(trx, row)
      if (isNew) await countInstall(trx, row)
      return isNew
    })
    // Somebody was faster: decide again about what stands there now.
    if (!added) return installPlugin(world, install)
    world.ready.drop(`plugin:${pluginId}`)
    install.log.info({ tenantId, pluginId, version: version.version }, 'plugin installed')
  }
  const installed = await findInstallation(world.db, tenantId, pluginId)
  if (!installed) throw new RegistryError('installation_not_found')
  return installationView(world, installed)
}

/** What is not published, or published no more, is not installed anew. */
async function installableVersion(db: Db, pluginId: string, wanted: string): Promise<VersionRow> {
  const plugin = await findPlugin(db, pluginId)
  if (!plugin || !wasPublished(plugin.status))
    throw new RegistryError('plugin_not_found', `There is no plugin ${pluginId}.`)
  const version = await resolveVersion(db, pluginId, wanted, { drafts: false })
  if (version.state === 'published') return version
  throw new RegistryError('version_not_found', `${pluginId} ${version.version} has been withdrawn.`)
}

function newRow(
  world: World,
  { tenantId, pluginId, principal }: Install,
  version: VersionRow,
  configuration: Configuration,
  grantedPermissions: readonly string[],
): InstallationRow {
  const now = world.now().toISOString()
  return {
    tenant_id: tenantId,
    plugin_id: pluginId,
    version: version.version,
    digest: version.digest,
    enabled: 1,
    configuration: JSON.stringify(configuration.plain),
    secrets: JSON.stringify(sealAll(world, { tenantId, pluginId }, configuration.secrets)),
    granted_permissions: JSON.stringify(grantedPermissions),
    installed_by: subjectOf(principal),
    installed_at: now,
    updated_at: now,
  }
}

function sealAll(
  { config: { secretKey } }: World,
  owner: { tenantId: string; pluginId: string },
  secrets: ReadonlyMap<string, string>,
): Record<string, string> {
  if (secrets.size === 0) return {}
  if (!secretKey) throw new RegistryError('secrets_unavailable')
  return Object.fromEntries(
    [...secrets].map(([name, value]) => [name, sealSecret(secretKey, { ...owner, name }, value)]),
  )
}
