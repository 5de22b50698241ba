/** A `format` of JSON Schema that is checked here, and the words for it. */
export interface Format {
  readonly fits: (text: string) => boolean
  /** Completes "it must be …". */
  readonly words: string
}

/** RFC 3986: a URI has no spaces, quotes, angle brackets, backslashes, carets, braces or bars. */
const uriCharacters = /^[!#-;=?-Z_a-z~%[\]]+$/
/** What mail programs accept of RFC 5321, without quoted local parts and address literals. */
const email = /^[^\s@"<>()[\]\\,;:]{1,64}@(?:[a-zA-Z0-9-]{1,63}\.){1,8}[a-zA-Z0-9-]{2,63}$/
/** RFC 3339, the same as JSON Schema's `date` and `date-time`. */
const date = /^\d{4}-\d{2}-\d{2}$/
const dateTime = /^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:[Zz]|[+-]\d{2}:\d{2})$/

export const formats = {
  uri: { fits: (text) => uriCharacters.test(text) && URL.canParse(text), words: 'a complete address (URI)' },
  email: { fits: (text) => email.test(text), words: 'an e-mail address' },
  date: { fits: (text) => date.test(text) && isCalendarDay(text), words: 'a date such as 2026-03-31' },
  'date-time': {
    fits: (text) => dateTime.test(text) && isCalendarDay(text.slice(0, 10)) && !Number.isNaN(Date.parse(text)),
    words: 'a date and time such as 2026-03-31T12:00:00Z',
  },
} as const satisfies Record<string, Format>
export type FormatName = keyof typeof formats

/** `Date.parse` takes February 30 for March 2. */
function isCalendarDay(day: string): boolean {
  const time = Date.parse(`${day}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day)
}

/** Characters as JSON Schema counts them: a pair of surrogates is one. */
export function codePoints(text: string): number {
  let count = 0
  for (const _character of text) count++
  return count
}
