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

/** Latin, Greek and Cyrillic accents; what other scripts write as marks are letters of theirs. */
const accents = /[\u0300-\u036f]+/g
