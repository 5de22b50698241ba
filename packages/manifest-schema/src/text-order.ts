/** By UTF-16 units, the same on every machine: `localeCompare` asks the machine for its language. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
