import { type Finding, type FindingMaker, findingsOf, hasErrors, limitFindings } from './finding.ts'
import { limits } from './limits.ts'
import type { Platform } from './platform.ts'
import { checkPlatform, type PlatformCode, platformRules } from './platform-rules.ts'
import { readJson } from './read-json.ts'
import { type SchemaWords, schemaFindings } from './schema-findings.ts'
import { keysAt, validatePlatform } from './validate-platform.generated.js'

const words: SchemaWords<PlatformCode> = {
  root: 'platform',
  codes: {
    required: 'platform-missing-key',
    additionalProperties: 'platform-unknown-key',
    type: 'platform-wrong-type',
    minLength: 'platform-text-length',
    maxLength: 'platform-text-length',
    pattern: 'platform-text-form',
  },
  keysOf: (path) => keysAt[path.map((step) => (typeof step === 'number' ? '*' : step)).join('/')] ?? [],
  otherNames: {},
}

/**
 * Reads a `platform.json`: all problems at once, each with its line. Never throws, whatever the text.
 * @param path the name of the file, as the findings show it.
 * @returns the platform when no finding is an error; the findings sorted and limited as those of `readManifest`.
 */
export function readPlatform(text: string, path = 'platform.json'): { platform?: Platform; findings: Finding[] } {
  const make = findingsOf(platformRules)
  const finding: FindingMaker<PlatformCode> = (code, message, place) => make(code, message, { ...place, path })
  const limited = (all: Finding[]) => limitFindings(all, (message) => finding('platform-more-findings', message))

  const { document, findings } = readJson(text, (code, message, place) => finding(`platform-${code}`, message, place))
  if (document === undefined) return { findings: limited(findings) }
  validatePlatform(document.value)
  const errors = validatePlatform.errors ?? []
  const schema = schemaFindings(errors, document, words, finding)
  findings.push(...schema.findings)
  if (errors.length <= limits.findings.max) findings.push(...checkPlatform(document, schema.broken, finding))
  // No error of the schema and none of the rules: this is what makes the value a platform.
  const platform = hasErrors(findings) ? {} : { platform: document.value as Platform }
  return { ...platform, findings: limited(findings) }
}
