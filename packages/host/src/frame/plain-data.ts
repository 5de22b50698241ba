/** Objects inside of objects; what lies deeper is left out. */
const mostDepth = 50

/**
 * What of some props can be handed to a frame: numbers, texts, truth values, dates, and lists and plain objects of them.
 * Left out is what belongs to the page that made it: functions, React's elements, nodes, instances of classes.
 */
export function plainData(value: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return entriesOf(value, [value])
}

function entriesOf(value: object, above: readonly object[]): Record<string, unknown> {
  const entries = Object.entries(value).flatMap(([name, inner]) => {
    const kept = dataOf(inner, above)
    return kept === undefined ? [] : [[name, kept] as const]
  })
  return Object.fromEntries(entries)
}

function dataOf(value: unknown, above: readonly object[]): unknown {
  if (value === null || ['string', 'number', 'boolean', 'bigint'].includes(typeof value)) return value
  if (typeof value !== 'object' || above.includes(value) || above.length >= mostDepth) return undefined
  if (value instanceof Date) return new Date(value)
  const within = [...above, value]
  // The places of a list say which is which, so that what is left out of one leaves null behind.
  if (Array.isArray(value)) return value.map((inner) => dataOf(inner, within) ?? null)
  return isPlain(value) && !('$$typeof' in value) ? entriesOf(value, within) : undefined
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || prototype === Object.prototype
}
