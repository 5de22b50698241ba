/** Whole seconds between two ISO times; none when the clock went back. */
export function secondsBetween(from: string, to: string): number {
  return Math.max(0, Math.floor((Date.parse(to) - Date.parse(from)) / 1000))
}

/** What most have to wait, by the seconds that others have waited; null when nobody has. */
export function typicalWait(seconds: readonly number[]): number | null {
  const sorted = seconds.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const [lower, upper] = [sorted[sorted.length % 2 === 0 ? middle - 1 : middle], sorted[middle]]
  return lower === undefined || upper === undefined ? null : Math.round((lower + upper) / 2)
}
