import { type Finding, hasErrors, sortFindings } from '@plexica/manifest-schema/validate'
import { failure } from '../failure.ts'

/**
 * Throws one failure with everything that was found, when an error is among it. A plugin that is wrong in itself
 * counts before one that does not build, because the second often follows from the first.
 */
export function stopOnErrors(found: { plugin: readonly Finding[]; build: readonly Finding[] }): void {
  if (hasErrors(found.plugin)) {
    // A missing entry is said once, by the manifest's line.
    const build = found.build.filter((finding) => finding.path !== undefined)
    throw failure('plugin_invalid', 'The plugin has errors.', { findings: sortFindings([...found.plugin, ...build]) })
  }
  if (hasErrors(found.build)) {
    throw failure('build_failed', 'The plugin does not build.', {
      findings: sortFindings([...found.plugin, ...found.build]),
    })
  }
}

/** Whether the build failed for nothing but an entry that the manifest names and that is not there. */
export function followsFrom(plugin: readonly Finding[], build: readonly Finding[]): boolean {
  const errors = build.filter(({ severity }) => severity === 'error')
  return hasErrors(plugin) && errors.length > 0 && errors.every(({ path }) => path === undefined)
}

/** The inspection sees the manifest that was packed; what it finds there again is said once. */
export function mergeFindings(plugin: readonly Finding[], inspected: readonly Finding[]): Finding[] {
  const said = new Set(plugin.map(({ code, message }) => `${code} ${message}`))
  return sortFindings([...plugin, ...inspected.filter(({ code, message }) => !said.has(`${code} ${message}`))])
}

/** The inspection sees what the registry will see, so its errors are the registry's. */
export function stopOnRefusal(findings: readonly Finding[]): void {
  if (hasErrors(findings))
    throw failure('package_refused', 'The package has errors; the registry would refuse it.', { findings })
}
