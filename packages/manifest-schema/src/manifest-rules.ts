import { backendRules, checkBackend } from './backend-rules.ts'
import type { CheckedManifest } from './checked-manifest.ts'
import { checkConfigSchema, configSchemaRules } from './config-schema-rules.ts'
import { documentRules } from './document-rules.ts'
import { checkRemovedFields, fieldHistoryRules } from './field-history-rules.ts'
import { checkFields, fieldRules, slotIn } from './field-rules.ts'
import { type Finding, findingsOf, prefixRules, type RuleTable } from './finding.ts'
import { isObject, type JsonPath, pathText } from './json-path.ts'
import { isSpdxExpression, nearestLicense } from './license.ts'
import { checkPath, checkPaths, pathRules } from './path-rules.ts'
import { isReservedId } from './plugin-id.ts'
import { hasSafeNumbers, isVersionRange } from './version-range.ts'
import { quote } from './visible-text.ts'

const ownRules = {
  'manifest-unknown-value': {
    severity: 'error',
    summary: 'A value is not in the closed list that its key allows.',
    fix: 'Write one of the allowed values.',
  },
  'manifest-number-range': {
    severity: 'error',
    summary: 'A number is smaller or greater than its key allows.',
    fix: 'Write a number in the allowed range.',
  },
  'manifest-list-length': {
    severity: 'error',
    summary: 'A list or object has fewer or more entries than its key allows.',
    fix: 'Add or remove entries.',
  },
  'manifest-duplicate-item': {
    severity: 'error',
    summary: 'A list of tags, permissions or hosts names the same one twice.',
    fix: 'Remove one of the two.',
  },
  'manifest-key-form': {
    severity: 'error',
    summary: 'A field or a dependency has a name that cannot be one.',
    fix: 'Rename it.',
  },
  'manifest-free-with-price': {
    severity: 'error',
    summary: 'A free plugin has an amount, a currency or an interval: nobody could say whether it is free.',
    fix: 'Remove the key, or write `"type": "paid"`.',
  },
  'manifest-reserved-id': {
    severity: 'error',
    summary:
      'The id is a word of the platform, or reads like one, so that people would take the plugin for a part of it.',
    fix: 'Choose another id, such as one with your own name before it.',
  },
  'manifest-version': {
    severity: 'error',
    summary: 'A number of the version is greater than semver can compare (2^53 - 1).',
    fix: 'Use smaller numbers, such as 1.4.0.',
  },
  'manifest-range': {
    severity: 'error',
    summary: 'A range of versions is not a semver range.',
    fix: 'Write a range such as `^1.2.0`, `>=1.4.0 <3.0.0` or `1.x`.',
  },
  'manifest-license': {
    severity: 'error',
    summary: 'The licence is neither an SPDX expression nor `UNLICENSED` nor `SEE LICENSE IN <file>`.',
    fix: 'Write an identifier from spdx.org/licenses such as `MIT`, or `UNLICENSED`, or `SEE LICENSE IN LICENSE`.',
  },
  'manifest-depends-on-itself': {
    severity: 'error',
    summary: 'A plugin depends on itself, so that it could never be installed first.',
    fix: 'Remove the dependency.',
  },
  'manifest-no-entry': {
    severity: 'error',
    summary: 'The plugin has neither `frontend` nor `backend`, so that there is nothing to run.',
    fix: 'Add `"frontend": { "entry": "src/index.tsx" }` or a `backend`.',
  },
  'manifest-components-without-frontend': {
    severity: 'error',
    summary: 'The plugin has components but no `frontend` that exports them.',
    fix: 'Add `"frontend": { "entry": "src/index.tsx" }`, or remove the components.',
  },
  'manifest-component-duplicate': {
    severity: 'error',
    summary: 'Two components have the same name, by which saved pages find them.',
    fix: 'Rename one of the two.',
  },
  'manifest-slot-elsewhere': {
    severity: 'error',
    summary: 'A component outside of the page editor (`puck`) has a slot, into which nobody could drag anything.',
    fix: 'Remove the slot, or write `"extensionPoint": "puck"`.',
  },
  'manifest-fields-unused': {
    severity: 'warning',
    summary: 'A component outside of the page editor (`puck`) has fields, which nobody can edit there.',
    fix: 'Remove the fields, use `configSchema` for settings, or write `"extensionPoint": "puck"`.',
  },
} as const satisfies RuleTable
const finding = findingsOf(ownRules)

/** Every rule about `manifest.json`. */
export const manifestRules = {
  ...prefixRules('manifest', documentRules),
  ...ownRules,
  ...pathRules,
  ...fieldRules,
  ...fieldHistoryRules,
  ...backendRules,
  ...configSchemaRules,
} as const satisfies RuleTable
export type ManifestCode = keyof typeof manifestRules

/** What the schema cannot say: values that have to agree with each other, or with a standard outside. */
export function* checkManifest(manifest: CheckedManifest): Iterable<Finding> {
  yield* checkId(manifest)
  yield* checkVersions(manifest)
  yield* checkLicense(manifest)
  yield* checkEntries(manifest)
  yield* checkPaths(manifest)
  yield* checkComponents(manifest)
  yield* checkBackend(manifest)
  yield* checkConfigSchema(manifest)
}

function* checkId(manifest: CheckedManifest): Iterable<Finding> {
  const id = manifest.part('id')
  if (id === undefined || !isReservedId(id)) return
  yield finding('manifest-reserved-id', `id is ${quote(id)}, which is reserved.`, manifest.place(['id']))
}

function* checkVersions(manifest: CheckedManifest): Iterable<Finding> {
  const version = manifest.part('version')
  if (version !== undefined && !hasSafeNumbers(version)) {
    yield finding(
      'manifest-version',
      `version is ${quote(version)}, which has too great a number.`,
      manifest.place(['version']),
    )
  }
  const engines = manifest.part('engines')
  if (engines !== undefined) yield* checkRange(engines.plexica, ['engines', 'plexica'], manifest)
  for (const [name, range] of Object.entries(manifest.part('shared') ?? {})) {
    yield* checkRange(range, ['shared', name], manifest)
  }
  for (const [id, range] of Object.entries(manifest.part('dependencies') ?? {})) {
    const path = ['dependencies', id]
    yield* checkRange(range, path, manifest)
    if (id !== manifest.part('id')) continue
    yield finding('manifest-depends-on-itself', `${pathText(path)} is the plugin itself.`, manifest.place(path, 'key'))
  }
}

function* checkRange(range: string, path: JsonPath, manifest: CheckedManifest): Iterable<Finding> {
  if (isVersionRange(range)) return
  const message = `${pathText(path)} is ${quote(range)}, which is not a semver range.`
  yield finding('manifest-range', message, manifest.place(path))
}

function* checkLicense(manifest: CheckedManifest): Iterable<Finding> {
  const license = manifest.part('license')
  if (license === undefined || license === 'UNLICENSED') return
  const file = /^SEE LICENSE IN (.+)$/.exec(license)?.[1]
  if (file !== undefined) {
    yield* checkPath(file, ['license'], manifest)
    return
  }
  if (isSpdxExpression(license)) return
  const meant = nearestLicense(license)
  const hint = meant === undefined ? ', which is not an SPDX expression.' : `; did you mean "${meant}"?`
  const fix = meant === undefined ? undefined : `Write "${meant}".`
  yield finding('manifest-license', `license is ${quote(license)}${hint}`, { ...manifest.place(['license']), fix })
}

function* checkEntries(manifest: CheckedManifest): Iterable<Finding> {
  if (!manifest.has('frontend') && !manifest.has('backend')) {
    yield finding('manifest-no-entry', 'There is neither frontend nor backend.', manifest.place([]))
  } else if (!manifest.has('frontend') && manifest.part('components')?.length) {
    const message = 'There are components but no frontend.'
    yield finding('manifest-components-without-frontend', message, manifest.place(['components'], 'key'))
  }
}

function* checkComponents(manifest: CheckedManifest): Iterable<Finding> {
  const names = new Map<string, number>()
  for (const [index, component] of (manifest.part('components') ?? []).entries()) {
    const path = ['components', index]
    const fieldsPath = [...path, 'fields']
    const sound = manifest.sound(path)
    if (isObject(component) && isObject(component.fields)) yield* checkFields(component.fields, fieldsPath, manifest)
    if (!sound) continue
    const earlier = names.get(component.name)
    if (earlier === undefined) {
      names.set(component.name, index)
    } else {
      const message = `${pathText([...path, 'name'])} is "${component.name}", the name of components[${earlier}].`
      yield finding('manifest-component-duplicate', message, manifest.place([...path, 'name']))
    }
    yield* checkRemovedFields(component, path, manifest)
    if (component.extensionPoint === 'puck' || Object.keys(component.fields ?? {}).length === 0) continue
    const slot = slotIn(component.fields ?? {}, fieldsPath)
    if (slot) {
      const message = `${pathText(slot)} is a slot: the component is at ${component.extensionPoint}, not at puck.`
      yield finding('manifest-slot-elsewhere', message, manifest.place(slot))
      continue
    }
    const message = `${pathText(fieldsPath)} cannot be edited: the component is at ${component.extensionPoint}, not at puck.`
    yield finding('manifest-fields-unused', message, manifest.place(fieldsPath, 'key'))
  }
}
