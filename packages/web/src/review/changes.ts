/** One line of what differs. */
export interface Change {
  readonly mark: 'added' | 'removed' | 'changed'
  readonly name: string
  readonly before?: string
  readonly after?: string
}

/** A list of which the registry gives the first. */
interface Cut<Item> {
  readonly items: readonly Item[]
  readonly total: number
}

interface Changes<Value> {
  readonly added: Cut<{ name: string; value: Value }>
  readonly removed: Cut<{ name: string; value: Value }>
  readonly changed: Cut<{ name: string; before: Value; after: Value }>
}

/** Lines, and how many the registry left out. */
interface Lines {
  readonly changes: Change[]
  readonly left: number
}

export function namesOf({ added, removed }: { added: Cut<string>; removed: Cut<string> }): Lines {
  return {
    changes: [
      ...added.items.map((name) => ({ mark: 'added' as const, name })),
      ...removed.items.map((name) => ({ mark: 'removed' as const, name })),
    ],
    left: leftOf(added, removed),
  }
}

export function changesOf<Value>({ added, removed, changed }: Changes<Value>, text: (value: Value) => string): Lines {
  return {
    changes: [
      ...added.items.map(({ name, value }) => ({ mark: 'added' as const, name, after: text(value) })),
      ...changed.items.map(({ name, before, after }) => ({
        mark: 'changed' as const,
        name,
        before: text(before),
        after: text(after),
      })),
      ...removed.items.map(({ name, value }) => ({ mark: 'removed' as const, name, before: text(value) })),
    ],
    left: leftOf(added, removed, changed),
  }
}

export function sizeChange(
  name: string,
  { before, after }: { before: number | null; after: number },
  text: (bytes: number) => string,
): Change[] {
  if (before === after) return []
  if (before === null) return [{ mark: 'added', name, after: text(after) }]
  const percent = before === 0 ? '' : ` (${after > before ? '+' : ''}${Math.round((after / before - 1) * 100)} %)`
  return [{ mark: 'changed', name, before: text(before), after: text(after) + percent }]
}

function leftOf(...lists: readonly Cut<unknown>[]): number {
  return lists.reduce((sum, { items, total }) => sum + total - items.length, 0)
}
