/**
 * Characters that people do not see or that change what they see: control characters but line ends and tabs, zero-width
 * marks, those that reorder text, and halves of surrogate pairs.
 */
export const hidden = /[^\P{Cc}\n\r\t]|[\u200b\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]|\p{Cs}/u
const everyHidden = new RegExp(hidden, 'gu')

/** A stranger's text for a message: on one line, not longer than a glance, and harmless to a terminal. */
export function shorten(text: string, characters = 60): string {
  const line = text.slice(0, 10 * characters).replace(/\s+/g, ' ')
  const short = line.length <= characters ? line : `${line.slice(0, characters - 1)}…`
  return short.replace(everyHidden, (character) => codePointName(character))
}

/** The same between quotes. */
export function quote(text: string): string {
  return `"${shorten(text)}"`
}

/** As Unicode writes it, e.g. `U+202E`. */
export function codePointName(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
}
