import { documentRules } from './document-rules.ts'
import { type Finding, type FindingMaker, prefixRules, type RuleTable } from './finding.ts'
import { isObject, type JsonPath, pathText } from './json-path.ts'
import type { Platform } from './platform.ts'
import type { JsonDocument } from './read-json.ts'
import { hasSafeNumbers, isVersionRange } from './version-range.ts'
import { quote } from './visible-text.ts'

/** Every rule about `platform.json`. */
export const platformRules = {
  ...prefixRules('platform', documentRules),
  'platform-duplicate-name': {
    severity: 'error',
    summary: 'Two extension points, two permissions or two hooks have the same name.',
    fix: 'Remove one of the two.',
  },
  'platform-version': {
    severity: 'error',
    summary: 'A number of the version is greater than semver can compare (2^53 - 1).',
    fix: 'Use smaller numbers, such as 1.4.0.',
  },
  'platform-range': {
    severity: 'error',
    summary: 'The range of a shared package is not a semver range.',
    fix: 'Write a range such as `^19.0.0`.',
  },
} as const satisfies RuleTable
export type PlatformCode = keyof typeof platformRules

/** What the schema cannot say, of the parts in which it found nothing broken. */
export function* checkPlatform(
  document: JsonDocument,
  broken: readonly JsonPath[],
  finding: FindingMaker<PlatformCode>,
): Iterable<Finding> {
  // The schema has vouched for every part that is looked at, so the type is stated here once.
  const platform = (isObject(document.value) ? document.value : {}) as Partial<Platform>
  const sound = (key: keyof Platform) => platform[key] !== undefined && !broken.some((path) => path[0] === key)

  if (sound('version') && !hasSafeNumbers(platform.version ?? '')) {
    const message = `version is "${platform.version}", which has too great a number.`
    yield finding('platform-version', message, { line: document.line(['version']) })
  }
  for (const key of ['extensionPoints', 'permissions', 'hooks'] as const) {
    const names = new Set<string>()
    for (const [index, { name }] of (sound(key) ? (platform[key] ?? []) : []).entries()) {
      const path = [key, index, 'name']
      if (names.has(name)) {
        const message = `${pathText(path)} is "${name}", which stands in the list already.`
        yield finding('platform-duplicate-name', message, { line: document.line(path) })
      }
      names.add(name)
    }
  }
  for (const [name, range] of Object.entries(sound('shared') ? (platform.shared ?? {}) : {})) {
    if (isVersionRange(range)) continue
    const path = ['shared', name]
    const message = `${pathText(path)} is ${quote(range)}, which is not a semver range.`
    yield finding('platform-range', message, { line: document.line(path) })
  }
}
