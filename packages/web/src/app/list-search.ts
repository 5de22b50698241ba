/** Where in a list one is; what the registry would not take is the beginning. */
export function parseListSearch({ skip }: Record<string, unknown>): { skip?: number } {
  return Number.isInteger(skip) && Number(skip) > 0 && Number(skip) <= 1_000_000 ? { skip: Number(skip) } : {}
}
