/** The words of a text as the index knows them: letters and digits only, in lower case, without accents. */
export function wordsOf(text: string): string[] {
  return (
    text
      .normalize('NFKD')
      .toLowerCase()
      .replace(accents, '')
      .normalize('NFC')
      .match(/[\p{L}\p{N}]+/gu) ?? []
  )
}

/**
 * Whether words are worth being weighed against a text. A single letter begins words of most texts: how often says
 * nothing, and finding out costs more than all the rest.
 */
export function areTelling(words: readonly string[]): boolean {
  return words.length > 1 || [...(words[0] ?? '')].length > 1
}

/** Latin, Greek and Cyrillic accents; what other scripts write as marks are letters of theirs. */
const accents = /[\u0300-\u036f]+/g
