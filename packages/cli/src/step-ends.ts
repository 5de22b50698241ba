import type { Inspection } from '@plexica/inspect'
import { type Finding, hasErrors } from '@plexica/manifest-schema/validate'
import type { Build } from './build/build-plugin.ts'
import type { PackedFile } from './pack/pack-archive.ts'
import type { CheckedPlugin } from './plugin/check-plugin.ts'
import type { StepEnd } from './run-steps.ts'
import { bytesText, countText } from './style.ts'

/** What the steps that several commands share say at their end. */
export const stepEnds = {
  check: ({ manifest, findings }: CheckedPlugin): StepEnd =>
    withCounts(manifest ? `${manifest.id} ${manifest.version}` : '', findings),

  build: ({ files, packages, findings }: Build): StepEnd => {
    if (hasErrors(findings)) return withCounts('', findings)
    if (files.length === 0) return { skipped: 'the manifest names no entry' }
    const code = files.filter(({ path }) => !path.endsWith('.map'))
    const bytes = code.reduce((sum, { content }) => sum + content.length, 0)
    return withCounts(
      `${countText(code.length, 'file')}, ${bytesText(bytes)}, ${countText(packages.length, 'package')} bundled`,
      findings,
    )
  },

  pack: ({ digest, files }: { digest: string; files: readonly PackedFile[] }): StepEnd =>
    `${countText(files.length, 'file')}, ${digest.slice(0, 19)}…`,

  inspect: ({ findings, packedBytes, unpackedBytes, quality }: Inspection): StepEnd =>
    withCounts(
      `${bytesText(packedBytes)} packed, ${bytesText(unpackedBytes)} unpacked, quality ${quality.score}/${quality.outOf}`,
      findings,
    ),
}

function withCounts(text: string, findings: readonly Finding[]): StepEnd {
  const count = (severity: Finding['severity']) => findings.filter((finding) => finding.severity === severity).length
  const [errors, warnings] = [count('error'), count('warning')]
  const words = [text, errors > 0 ? countText(errors, 'error') : '', warnings > 0 ? countText(warnings, 'warning') : '']
  const line = words.filter((word) => word !== '').join(', ')
  return errors > 0 ? { failed: line } : line
}
