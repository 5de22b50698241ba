import { closestMatch } from 'leven'

/** The word that was probably meant: one mistake in three letters, three in all, whatever their case. */
export function didYouMean(word: string, candidates: readonly string[]): string | undefined {
  const wanted = word.toLowerCase()
  const lower = candidates.map((candidate) => candidate.toLowerCase())
  const closest = closestMatch(wanted, lower, { maxDistance: Math.min(3, Math.ceil(wanted.length / 3)) })
  return closest === undefined ? undefined : candidates[lower.indexOf(closest)]
}
