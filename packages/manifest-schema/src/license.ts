import parse from 'spdx-expression-parse'
import identifiers from 'spdx-license-ids/index.json' with { type: 'json' }
import { didYouMean } from './did-you-mean.ts'

/** Whether a text is an SPDX licence expression (SPDX specification, annex D). */
export function isSpdxExpression(text: string): boolean {
  try {
    parse(text)
    return true
  } catch {
    return false
  }
}

/** The SPDX identifier that was probably meant by `Apache 2` or `mit licence`. */
export function nearestLicense(text: string): string | undefined {
  const name = text.replace(/\b(?:the|licen[cs]e)\b/gi, ' ').trim()
  return didYouMean(name.replace(/\s+/g, '-'), identifiers)
}
