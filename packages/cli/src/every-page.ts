/** What the registry gives at most in one answer. */
const pageSize = 100

/** The items of a list of the registry, however many pages it has. */
export async function everyPage<Item>(
  ask: (paging: { skip: number; take: number }) => Promise<{ items: readonly Item[]; total: number }>,
): Promise<Item[]> {
  const all: Item[] = []
  for (;;) {
    const { items, total } = await ask({ skip: all.length, take: pageSize })
    all.push(...items)
    if (items.length === 0 || all.length >= total) return all
  }
}
