const maxWords = 8

/** The words of a search text: letters and digits only, so that nothing in it can be an operator. */
export function wordsOf(text: string): string[] {
  return (
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  ).slice(0, maxWords)
}
