import { forms } from './forms.ts'

const version = new RegExp(forms.version.pattern)
const number = '(?:0|[1-9]\\d{0,14})'
/** `1`, `1.2`, `1.x`, `1.2.*`, `x`. */
const open = new RegExp(`^(?:[xX*]|${number}(?:\\.[xX*]){0,2}|${number}\\.${number}(?:\\.[xX*])?)$`)

/**
 * Whether a text is a range that a manifest may name: comparators (`^1.2.0`, `~1.2`, `>=1.4.0 <3.0.0`, `1.x`),
 * `1.2.0 - 2.3.0`, and several of them with `||`. semver reads more spellings of the same; it is not asked here, because
 * loading it takes as long as checking the rest of a manifest.
 */
export function isVersionRange(text: string): boolean {
  return text.split('||').every((alternative) => {
    const words = alternative.trim().split(/ +/)
    const [from = '', sign, to = ''] = words
    if (sign === '-') return words.length === 3 && isPartial(from) && isPartial(to)
    return words.every((word) => isPartial(word.replace(/^(?:[<>]=?|[=^~])/, '')))
  })
}

function isPartial(text: string): boolean {
  return open.test(text) || (version.test(text) && hasSafeNumbers(text))
}

/** Whether the numbers of a version that has the right form are small enough to be compared (semver allows 2^53 - 1). */
export function hasSafeNumbers(text: string): boolean {
  const [core = ''] = text.split(/[-+]/)
  return core.split('.').every((part) => Number.isSafeInteger(Number(part)))
}
