import { versionPattern } from '@plexica/manifest-schema/validate'
import { failure } from '../failure.ts'

/** The version of `--version`. Throws a usage failure for a text that is none. */
export function wantedVersion(given: string | undefined): string | undefined {
  if (given === undefined || new RegExp(versionPattern).test(given)) return given
  throw failure('usage_invalid', `\`${given}\` is not a semantic version.`, {
    fix: 'Write three numbers such as 1.4.0, or a prerelease such as 1.4.0-beta.1.',
  })
}
