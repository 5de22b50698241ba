/** How many slips are forgiven in a word: short words are too close to each other for any. */
export function slipsForgiven(word: string): number {
  const { length } = [...word]
  return length < 4 ? 0 : length < 8 ? 1 : 2
}

/**
 * The candidates with the fewest slips (a letter too many, too few, another, or two swapped), at most `most` of them.
 * `prefix` means that the word may not have been typed to its end.
 */
export function closestWords(
  word: string,
  candidates: readonly string[],
  { prefix, most }: { prefix: boolean; most: number },
): string[] {
  const near = candidates
    .map((candidate) => ({ candidate, slips: slipsBetween(word, candidate, prefix) }))
    .filter(({ slips }) => slips <= slipsForgiven(word))
  const fewest = Math.min(...near.map(({ slips }) => slips))
  return near
    .filter(({ slips }) => slips === fewest)
    .slice(0, most)
    .map(({ candidate }) => candidate)
}

/** Optimal string alignment distance; with `prefix`, to the nearest beginning of the candidate. */
function slipsBetween(word: string, candidate: string, prefix: boolean): number {
  const a = [...word]
  const b = [...candidate].slice(0, a.length + 2)
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let row = 1; row <= a.length; row++) {
    const next = [row]
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1]
      let cost = Math.min(at(last, column) + 1, at(next, column - 1) + 1, at(last, column - 1) + (same ? 0 : 1))
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]
      if (swapped) cost = Math.min(cost, at(before, column - 2) + 1)
      next.push(cost)
    }
    before = last
    last = next
  }
  if (prefix) return Math.min(...last)
  return at(last, b.length) + Math.max(0, [...candidate].length - b.length)
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY
}
