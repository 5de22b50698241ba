import { type Finding, isShared, type Manifest } from '@plexica/manifest-schema/validate'
import type { ScriptScan } from './scan-script.ts'

/** What bundles import that is neither in the package nor left to the platform by its manifest. */
export function foreignImportFindings(manifest: Manifest | undefined, scans: Iterable<ScriptScan>): Finding[] {
  return [...scans].flatMap(({ foreign }) =>
    foreign.flatMap(({ module, findings }) => (isShared(module, manifest?.shared) ? [] : findings)),
  )
}
