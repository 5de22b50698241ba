import type { Finding } from '@plexica/manifest-schema/validate'
import type { Console } from '../console.ts'
import type { StartedPackage } from '../pack/start-package.ts'
import { mergeFindings, stopOnRefusal } from '../plugin/stop-on-errors.ts'
import type { RunStep } from '../run-steps.ts'
import { stepEnds } from '../step-ends.ts'
import type { Packed } from './publish-report.ts'

/** Waits until a package is packed and inspected, and shows what was found. Throws when the registry would refuse it. */
export async function finishPackage(
  started: StartedPackage,
  { step, console, findings: before }: { step: RunStep; console: Console; findings: readonly Finding[] },
): Promise<Packed> {
  const archive = await step('pack', started.packing, stepEnds.pack)
  const inspection = await step('inspect', started.inspecting, stepEnds.inspect)
  const findings = mergeFindings(before, inspection.findings)
  console.findings(findings)
  stopOnRefusal(findings)
  return { ...archive, archive: started.archive, manifest: started.manifest, inspection, findings }
}
