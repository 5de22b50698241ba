/** One customer's words, cleaned of what an editor or an older page may have left in them. */
export interface Quote {
  /** Markdown */
  text: string
  author: string
  role: string
  /** 0 to 5 in halves; 0 shows no stars. */
  stars: number
  /** Address of a picture; empty shows the author's initials. */
  photo: string
}

/** Takes what it can use of `value`. The page editor hands over whatever was saved, also by an older version. */
export function readQuote(value: unknown): Quote {
  const { quote, author, role, stars, photo } = (typeof value === 'object' && value !== null ? value : {}) as Record<
    string,
    unknown
  >
  return {
    text: textOf(quote),
    author: textOf(author),
    role: textOf(role),
    stars: starsOf(stars),
    photo: pictureAddress(photo),
  }
}

/** The quotes of a wall; an entry without words is left out. */
export function readQuotes(value: unknown): Quote[] {
  return Array.isArray(value) ? value.map(readQuote).filter((quote) => quote.text !== '') : []
}

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value.trim() : ''
}

/** Between 0 and 5, to the nearest half. */
export function starsOf(value: unknown): number {
  const stars = typeof value === 'number' && Number.isFinite(value) ? value : 0
  return Math.min(5, Math.max(0, Math.round(stars * 2) / 2))
}

/** `Ada Lovelace` → `AL`; at most two letters. */
export function initials(author: string): string {
  const words = author.split(/\s+/).filter(Boolean)
  const chosen = words.length > 1 ? [words[0], words.at(-1)] : words
  return chosen.map((word) => Array.from(word ?? '')[0]?.toLocaleUpperCase() ?? '').join('')
}

/** A colour of the editor's colour field (`#rgb`, `#rrggbb`, `#rrggbbaa`), or the fallback. */
export function colourOf(value: unknown, fallback: string): string {
  return typeof value === 'string' && /^#(?:[0-9a-f]{3}|[0-9a-f]{6}|[0-9a-f]{8})$/i.test(value) ? value : fallback
}

/** One of the values that a select or radio field offers, or the first of them. */
export function choiceOf<Choice extends string>(value: unknown, choices: readonly [Choice, ...Choice[]]): Choice {
  return choices.find((choice) => choice === value) ?? choices[0]
}

/** A link that leads to a page or a mailbox and runs nothing; empty otherwise. Relative addresses stay as they are. */
export function linkAddress(value: unknown): string {
  return addressWith(value, ['http:', 'https:', 'mailto:'])
}

/** As {@link linkAddress}, for pictures. */
export function pictureAddress(value: unknown): string {
  const address = textOf(value)
  return /^data:image\/(?:png|jpeg|webp|avif|gif);base64,/i.test(address)
    ? address
    : addressWith(value, ['http:', 'https:'])
}

/**
 * The parser of the URL standard decides, as the browser will: it sees through a line break inside `javascript:`. What
 * it cannot read alone is relative to the page, unless it begins like an address and is merely broken.
 */
function addressWith(value: unknown, protocols: readonly string[]): string {
  const address = textOf(value)
  const allowed = URL.canParse(address) ? protocols.includes(new URL(address).protocol) : !/^[^/?#]*:/.test(address)
  return allowed ? address : ''
}
