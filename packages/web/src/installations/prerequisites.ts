import { compatibility, type Finding, type Manifest, type Platform } from '@plexica/manifest-schema/validate'

/** A plugin that another one needs. */
export interface NeededPlugin {
  readonly id: string
  readonly range: string
  /** The version that the tenant has. */
  readonly installed: string | undefined
  /** Why that does not do; empty when it does. */
  readonly findings: readonly Finding[]
}

/** What a version needs to run, each by itself; the rules are those by which the registry decides. */
export interface Prerequisites {
  readonly platform: { readonly range: string; readonly findings: readonly Finding[] }
  readonly plugins: readonly NeededPlugin[]
  readonly met: boolean
}

export function prerequisitesOf(
  manifest: Manifest,
  platform: Platform | null,
  installed: ReadonlyMap<string, string>,
): Prerequisites {
  const findings = compatibility(manifest, platform ?? undefined)
  const plugins = Object.entries(manifest.dependencies ?? {}).map(([id, range]) => ({
    id,
    range,
    installed: installed.get(id),
    findings: compatibility({ ...manifest, dependencies: { [id]: range } }, undefined, installed),
  }))
  const met = findings.length === 0 && plugins.every((one) => one.findings.length === 0)
  return { platform: { range: manifest.engines.plexica, findings }, plugins, met }
}
