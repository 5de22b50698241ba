import type { TSchema } from 'typebox'
import Type from 'typebox'

/** UTC, ISO 8601 with milliseconds. */
export const Time = Type.String({ format: 'date-time', description: 'UTC, ISO 8601' })

/** Why somebody did something, for those whom it concerns. */
export const Reason = Type.String({ minLength: 1, maxLength: 4_000, pattern: '\\S' })

export const Paging = {
  skip: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000, default: 0 })),
  take: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 20 })),
}

/** A list's answer: one page under the noun's plural, and how many there are in all. */
export function page<const Key extends string, Item extends TSchema>(key: Key, item: Item) {
  return Type.Object({
    [key]: Type.Array(item),
    total: Type.Integer({ minimum: 0 }),
  } as { [K in Key]: ReturnType<typeof Type.Array<Item>> } & { total: ReturnType<typeof Type.Integer> })
}

/** Closed objects: an unknown field of a request is a finding, not silence. */
export const closed = { additionalProperties: false } as const
