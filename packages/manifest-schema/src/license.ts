import parse from 'spdx-expression-parse'

/** Licences that plugins commonly have: known without a parser, and suggested. */
const common = [
  'MIT',
  'Apache-2.0',
  'ISC',
  '0BSD',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'MPL-2.0',
  'GPL-2.0-only',
  'GPL-3.0-only',
  'LGPL-3.0-only',
  'AGPL-3.0-only',
  'EUPL-1.2',
  'CC0-1.0',
  'Unlicense',
]

/** Whether a text is an SPDX licence expression (SPDX specification, annex D). */
export function isSpdxExpression(text: string): boolean {
  if (common.includes(text)) return true
  try {
    parse(text)
    return true
  } catch {
    return false
  }
}

/** The SPDX identifier that `Apache 2`, `mit` or `The MIT License` leaves no doubt about. */
export function nearestLicense(text: string): string | undefined {
  const wanted = lettersAndDigits(text.replace(/\b(?:the|licen[cs]e|version)\b/gi, ''))
  const meant = common.filter((identifier) => lettersAndDigits(identifier).startsWith(wanted))
  return meant.length === 1 ? meant[0] : undefined
}

function lettersAndDigits(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]/g, '')
}
