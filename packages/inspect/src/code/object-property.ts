import type { AnyNode, ObjectExpression } from 'acorn'
import { keyOf } from './scope.ts'

/** Smaller objects are read through as quickly as they are indexed. */
const indexedSize = 16
const indexes = new WeakMap<ObjectExpression, ReadonlyMap<string, AnyNode>>()

/** The value of a property of an object literal, whatever is spread over it later. */
export function propertyOf(object: AnyNode | undefined, key: string): AnyNode | undefined {
  if (object?.type !== 'ObjectExpression') return undefined
  if (object.properties.length < indexedSize) {
    for (const property of object.properties) if (writtenKey(property) === key) return valueIn(property)
    return undefined
  }
  const index = indexes.get(object) ?? indexOf(object)
  return index.get(key)
}

/** One look for each of the thousand keys of a table would otherwise read the whole table each time. */
function indexOf(object: ObjectExpression): ReadonlyMap<string, AnyNode> {
  const index = new Map<string, AnyNode>()
  for (const property of object.properties) {
    const key = writtenKey(property)
    const value = valueIn(property)
    if (key !== undefined && value !== undefined) index.set(key, value)
  }
  indexes.set(object, index)
  return index
}

type Member = ObjectExpression['properties'][number]

function writtenKey(property: Member): string | undefined {
  return property.type === 'Property' && !property.computed ? keyOf(property.key) : undefined
}

function valueIn(property: Member): AnyNode | undefined {
  return property.type === 'Property' ? property.value : undefined
}
