/** One measured run: milliseconds, requests per second, bytes — whatever the row compares. */
export type Contender = () => Promise<number>

export interface Comparison {
  medians: Record<string, number>
  /** `ratio(a, b)`: the median over the rounds of a / b, and the lowest and highest of them. */
  ratio(a: string, b: string): { median: number; low: number; high: number }
}

/**
 * Runs all contenders in turn, round by round, after one round that does not count, so that a slow moment of the machine
 * hits each of them. Ratios are taken inside a round and their median over the rounds is what is reported.
 */
export async function compare(contenders: Record<string, Contender>, rounds: number): Promise<Comparison> {
  const names = Object.keys(contenders)
  const runs: Record<string, number[]> = Object.fromEntries(names.map((name) => [name, []]))
  for (let round = -1; round < rounds; round++) {
    for (const name of names) {
      const value = await (contenders[name] as Contender)()
      if (round >= 0) runs[name]?.push(value)
    }
  }
  const of = (name: string) => runs[name] ?? []
  return {
    medians: Object.fromEntries(names.map((name) => [name, median(of(name))])),
    ratio(a, b) {
      const ratios = of(a).map((value, round) => value / (of(b)[round] ?? Number.NaN))
      return { median: median(ratios), low: Math.min(...ratios), high: Math.max(...ratios) }
    },
  }
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 ? (sorted[middle] ?? Number.NaN) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2
}
