/** As many as the registry gives at once. */
const take = 100

/** All items of a list that comes in pages. */
export async function everyPage<Item>(
  ask: (paging: { skip: number; take: number }) => Promise<{ items: readonly Item[]; total: number }>,
): Promise<Item[]> {
  const all: Item[] = []
  for (;;) {
    const { items, total } = await ask({ skip: all.length, take })
    all.push(...items)
    if (items.length === 0 || all.length >= total) return all
  }
}
