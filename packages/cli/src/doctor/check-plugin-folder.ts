import { compatibility, hasErrors, type Manifest, type Platform } from '@plexica/manifest-schema/validate'
import type { DoctorInput } from '../commands/doctor.ts'
import type { Context } from '../context.ts'
import { exitCodes } from '../exit-codes.ts'
import { checkPlugin } from '../plugin/check-plugin.ts'
import { openPlugin, type PluginSource } from '../plugin/open-plugin.ts'
import { countText } from '../style.ts'
import { type Check, failed, failedBy, ok, skipped } from './check.ts'

/** Whether there is a plugin here, and whether what it says of itself is right. */
export function checkManifest(input: DoctorInput, context: Context): { check: Check; manifest?: Manifest } {
  let source: PluginSource
  try {
    source = openPlugin(context, input)
  } catch (error) {
    return { check: failedBy('manifest', error) }
  }
  const { folder, manifestPath, manifestText } = source
  if (manifestText === undefined) {
    const words = `there is no ${manifestPath} in ${folder}`
    // Who names neither folder nor manifest may have come for the registry alone.
    if (input.folder === undefined && input.manifest === undefined) return { check: skipped('manifest', words) }
    return {
      check: failed(
        'manifest',
        words,
        'Name the folder of a plugin, or make one with `plexica init`.',
        exitCodes.invalid,
      ),
    }
  }
  const { manifest, findings } = checkPlugin(source)
  const errors = findings.filter(({ severity }) => severity === 'error')
  if (manifest === undefined || errors.length > 0) {
    const words = `${manifestPath} has ${countText(errors.length, 'error')}, first: ${errors[0]?.message ?? ''}`
    return {
      check: failed('manifest', words, '`plexica validate` shows them all with their lines.', exitCodes.invalid),
    }
  }
  return { check: ok('manifest', `${manifest.id} ${manifest.version} is valid`), manifest }
}

/** Whether the plugin would run on the registry's platform. */
export function checkCompatibility(manifest: Manifest | undefined, platform: Platform | undefined): Check {
  const name = 'platform'
  if (platform === undefined) return skipped(name, 'the registry describes none')
  const about = `${platform.name} ${platform.version}`
  if (manifest === undefined) return ok(name, about)
  const findings = compatibility(manifest, platform)
  if (!hasErrors(findings)) return ok(name, `${about} fits ${manifest.engines.plexica}`)
  const [first] = findings
  return failed(name, `${about}: ${first?.message ?? ''}`, first?.fix ?? '', exitCodes.invalid)
}
