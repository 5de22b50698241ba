/**
 * All rows, so many at a time, in the order of a key.
 * @param next gives the rows after one, from the first when there is none.
 */
export async function* pieces<Row>(
  take: number,
  next: (after: Row | undefined, take: number) => Promise<Row[]>,
): AsyncGenerator<Row[]> {
  for (let after: Row | undefined; ; ) {
    const rows = await next(after, take)
    if (rows.length > 0) yield rows
    if (rows.length < take) return
    after = rows.at(-1)
  }
}

/** A list in parts of so many: far fewer parameters in each statement than any engine takes. */
export function* partsOf<Item>(all: readonly Item[], size: number): Generator<Item[]> {
  for (let at = 0; at < all.length; at += size) yield all.slice(at, at + size)
}

/** What comes one by one, in parts of so many. */
export async function* gathered<Item>(items: AsyncIterable<Item>, size: number): AsyncGenerator<Item[]> {
  let some: Item[] = []
  for await (const item of items) {
    some.push(item)
    if (some.length < size) continue
    yield some
    some = []
  }
  if (some.length > 0) yield some
}
