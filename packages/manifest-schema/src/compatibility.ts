import { didYouMean } from './did-you-mean.ts'
import { type Finding, findingsOf, type RuleTable } from './finding.ts'
import type { Manifest } from './manifest.ts'
import type { Platform } from './platform.ts'
import { sharedModules } from './shared-modules.ts'
import { rangeWithin, versionFits } from './version-order.ts'

export const compatibilityRules = {
  'compatibility-platform-version': {
    severity: 'error',
    summary: 'The plugin asks for other versions of the platform than the one that runs.',
    fix: 'Choose a version of the plugin for this platform, or update the platform.',
  },
  'compatibility-extension-point': {
    severity: 'error',
    summary: 'A component asks for an extension point that the platform does not have, so that it would never appear.',
    fix: 'Use an extension point that the platform has.',
  },
  'compatibility-permission': {
    severity: 'error',
    summary: 'The plugin asks for a permission that the platform does not have, so that nobody could grant it.',
    fix: 'Ask for permissions that the platform has.',
  },
  'compatibility-hook': {
    severity: 'error',
    summary: 'The backend waits for an occasion that the platform does not know, so that it would never be called.',
    fix: 'Use a hook that the platform has.',
  },
  'compatibility-shared': {
    severity: 'error',
    summary: 'The plugin leaves a package to the platform, which may give versions that the plugin does not work with.',
    fix: 'Widen the range in `shared` once the plugin works with what the platform gives, or bundle the package.',
  },
  'compatibility-not-shared': {
    severity: 'error',
    summary: 'The plugin leaves a package to the platform that the platform does not share.',
    fix: 'Take the package from `shared`, so that the build bundles it.',
  },
  'compatibility-dependency-missing': {
    severity: 'error',
    summary: 'The plugin depends on a plugin that is not installed.',
    fix: 'Install that plugin first.',
  },
  'compatibility-dependency-version': {
    severity: 'error',
    summary: 'The plugin depends on another version of a plugin than the one that is installed.',
    fix: 'Update that plugin to a version in the range.',
  },
} as const satisfies RuleTable
const finding = findingsOf(compatibilityRules)

/**
 * Why a version of a plugin cannot run on a platform; empty when it can.
 * @param platform without it, nothing is known of the platform and only dependencies are looked at.
 * @param installed plugin id → installed version of the tenant; without it, dependencies are not looked at.
 */
export function compatibility(
  manifest: Manifest,
  platform: Platform | undefined,
  installed?: ReadonlyMap<string, string>,
): Finding[] {
  return [
    ...(platform === undefined
      ? []
      : [
          ...platformVersion(manifest, platform),
          ...extensionPoints(manifest, platform),
          ...permissions(manifest, platform),
          ...hooks(manifest, platform),
          ...sharedPackages(manifest, platform),
        ]),
    ...(installed === undefined ? [] : dependencies(manifest, installed)),
  ]
}

function* platformVersion({ id, engines }: Manifest, { version }: Platform): Iterable<Finding> {
  if (versionFits(version, engines.plexica)) return
  yield finding(
    'compatibility-platform-version',
    `${id} needs plexica ${engines.plexica}, this platform is ${version}.`,
  )
}

function* extensionPoints({ components = [] }: Manifest, platform: Platform): Iterable<Finding> {
  const known = platform.extensionPoints.map(({ name }) => name)
  for (const { name, extensionPoint } of components) {
    if (known.includes(extensionPoint)) continue
    const place = extensionPoint === 'puck' ? 'the page editor (puck)' : `the extension point ${extensionPoint}`
    const message = `The component ${name} needs ${place}, which this platform does not have${hint(extensionPoint, known)}`
    yield finding('compatibility-extension-point', message)
  }
}

function* permissions({ id, requiredPermissions = [] }: Manifest, platform: Platform): Iterable<Finding> {
  const known = platform.permissions.map(({ name }) => name)
  for (const permission of requiredPermissions) {
    if (known.includes(permission)) continue
    const message = `${id} needs the permission ${permission}, which this platform does not have${hint(permission, known)}`
    yield finding('compatibility-permission', message)
  }
}

function* hooks({ id, backend }: Manifest, platform: Platform): Iterable<Finding> {
  const known = (platform.hooks ?? []).map(({ name }) => name)
  for (const hook of backend?.hooks ?? []) {
    if (known.includes(hook)) continue
    const message = `${id} waits for the hook ${hook}, which this platform does not have${hint(hook, known)}`
    yield finding('compatibility-hook', message)
  }
}

function* sharedPackages({ id, shared = {} }: Manifest, platform: Platform): Iterable<Finding> {
  const known = Object.keys(platform.shared)
  for (const [name, range] of Object.entries(shared)) {
    const given = Object.hasOwn(platform.shared, name) ? platform.shared[name] : undefined
    if (given !== undefined) {
      if (rangeWithin(given, range)) continue
      yield finding('compatibility-shared', `${id} needs ${name} ${range}, this platform shares ${given}.`)
    } else if (!(sharedModules as readonly string[]).includes(name)) {
      // React is there in every page, also where the platform does not say in which range.
      const message = `${id} leaves ${name} ${range} to the platform, which does not share it${hint(name, known)}`
      yield finding('compatibility-not-shared', message)
    }
  }
}

function* dependencies(manifest: Manifest, installed: ReadonlyMap<string, string>): Iterable<Finding> {
  for (const [id, range] of Object.entries(manifest.dependencies ?? {})) {
    const version = installed.get(id)
    if (version === undefined) {
      const message = `${manifest.id} needs ${id} ${range}, which is not installed.`
      yield finding('compatibility-dependency-missing', message, { fix: `Install ${id} first.` })
    } else if (!versionFits(version, range)) {
      const message = `${manifest.id} needs ${id} ${range}, but ${version} is installed.`
      yield finding('compatibility-dependency-version', message, { fix: `Update ${id} to a version in ${range}.` })
    }
  }
}

function hint(word: string, known: readonly string[]): string {
  const meant = didYouMean(word, known)
  return meant === undefined ? '.' : `; did you mean ${meant}?`
}
