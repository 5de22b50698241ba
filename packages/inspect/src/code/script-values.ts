import type { AnyNode, MemberExpression } from 'acorn'
import { foldTexts, maxAlternatives, unknownText } from './constant-text.ts'
import { originName } from './global-name.ts'
import { propertyOf } from './object-property.ts'
import { type Binding, type Definition, keyOf, lookUp, type Scope } from './scope.ts'

/**
 * What an expression stands for after following names that get one value: the expression at the root and the keys that
 * are read from it. `const { write: w } = document`, then `w`: the root `document`, the keys `['write']`.
 */
export interface Origin {
  node: AnyNode
  scope: Scope
  keys: readonly string[]
}

/** Answers what expressions mean, as far as the text of the script tells. */
export interface ScriptValues {
  origins(node: AnyNode, scope: Scope): readonly Origin[]
  /** The global thing that is meant, e.g. `document.write`; the global object itself is the empty text. */
  name(node: AnyNode, scope: Scope): string | undefined
  /** The texts that the expression can be; each part that is not known is `unknownText`. */
  texts(node: AnyNode, scope: Scope): readonly string[]
  /** The text, when there is exactly one and all of it is known. */
  text(node: AnyNode, scope: Scope): string | undefined
  /** The key that a member expression reads, when it is known. */
  key(node: MemberExpression, scope: Scope): string | undefined
  /** The name of the method that a callee calls, whatever the object is. */
  method(callee: AnyNode, scope: Scope): string | undefined
}

/** Names lead to names; longer ways than this are made to confuse. Also keeps the stack small. */
const maxDepth = 60
const maxKeys = 8

/** Every answer is worked out once: a script is asked the same thing from many places. */
export function createScriptValues(): ScriptValues {
  const knownOrigins = new Map<AnyNode | Binding, readonly Origin[]>()
  const knownNames = new Map<AnyNode, string | undefined>()
  const knownTexts = new Map<AnyNode, readonly string[]>()
  let depth = 0

  function origins(node: AnyNode, scope: Scope): readonly Origin[] {
    // All mentions of one name share their answer.
    const subject = node.type === 'Identifier' ? (lookUp(scope, node.name) ?? node) : node
    const known = knownOrigins.get(subject)
    if (known !== undefined) return known
    const itself: readonly Origin[] = [{ node, scope, keys: [] }]
    if (depth > maxDepth) return itself
    // Holds for the time being, so that a value made from itself ends.
    knownOrigins.set(subject, itself)
    depth++
    const found = ('values' in subject ? given(subject, itself) : followed(subject, scope)) ?? itself
    depth--
    // Where the way is too long to follow, the expression stands for itself.
    const some = found.length === 0 ? itself : found.slice(0, maxAlternatives)
    knownOrigins.set(subject, some)
    return some
  }

  function given({ values, isOpen }: Binding, itself: readonly Origin[]): readonly Origin[] {
    if (values.length === 0) return itself
    const found = values.flatMap(definitionOrigins)
    return isOpen ? [...itself, ...found] : found
  }

  function followed(node: AnyNode, scope: Scope): readonly Origin[] | undefined {
    switch (node.type) {
      case 'MemberExpression': {
        const keys = readKeys(node, scope)
        const objects = keys.length === 0 ? [] : origins(node.object, scope)
        return keys.length === 0 ? undefined : objects.flatMap((object) => keys.flatMap((read) => select(object, read)))
      }
      case 'ConditionalExpression':
        return [...origins(node.consequent, scope), ...origins(node.alternate, scope)]
      case 'LogicalExpression':
        return [...origins(node.left, scope), ...origins(node.right, scope)]
      case 'SequenceExpression': {
        const last = node.expressions.at(-1)
        return last && origins(last, scope)
      }
      case 'AssignmentExpression':
        return node.operator === '=' ? origins(node.right, scope) : undefined
      case 'ChainExpression':
        return origins(node.expression, scope)
      case 'AwaitExpression':
        return origins(node.argument, scope)
      case 'CallExpression': {
        const [argument] = node.arguments
        const passes = argument !== undefined && name(node.callee, scope) === 'Object.freeze'
        return passes ? origins(argument, scope) : undefined
      }
      default:
        return undefined
    }
  }

  function definitionOrigins({ node, scope, keys, fallback }: Definition): readonly Origin[] {
    let found = origins(node, scope)
    for (const read of keys) found = found.flatMap((origin) => select(origin, read))
    return fallback === undefined ? found : [...found, ...definitionOrigins(fallback)]
  }

  /** One step from a value to a part of it. */
  function select(origin: Origin, read: string): readonly Origin[] {
    const property = origin.keys.length === 0 ? propertyOf(origin.node, read) : undefined
    if (property !== undefined) return origins(property, origin.scope)
    return origin.keys.length < maxKeys ? [{ ...origin, keys: [...origin.keys, read] }] : []
  }

  function readKeys({ computed, property }: MemberExpression, scope: Scope): readonly string[] {
    if (computed) return texts(property, scope).filter((read) => !read.includes(unknownText))
    const read = keyOf(property)
    return read === undefined ? [] : [read]
  }

  function key(node: MemberExpression, scope: Scope): string | undefined {
    return node.computed ? text(node.property, scope) : keyOf(node.property)
  }

  function name(node: AnyNode, scope: Scope): string | undefined {
    if (isPrivate(node, scope)) return undefined
    if (knownNames.has(node)) return knownNames.get(node)
    if (depth > maxDepth) return undefined
    knownNames.set(node, undefined)
    depth++
    let found: string | undefined
    for (const origin of origins(node, scope)) found ??= originName(values, origin)
    depth--
    knownNames.set(node, found)
    return found
  }

  function texts(node: AnyNode, scope: Scope): readonly string[] {
    const known = knownTexts.get(node)
    if (known !== undefined) return known
    const unknown = [unknownText]
    if (depth > maxDepth) return unknown
    knownTexts.set(node, unknown)
    depth++
    const found = new Set(origins(node, scope).flatMap((origin) => foldTexts(values, origin)))
    depth--
    const some = [...found].slice(0, maxAlternatives)
    knownTexts.set(node, some)
    return some
  }

  function text(node: AnyNode, scope: Scope): string | undefined {
    // Most keys and arguments are plain literals.
    if (node.type === 'Literal' && typeof node.value === 'string') return node.value
    const [found, ...others] = texts(node, scope)
    return found === undefined || others.length > 0 || found.includes(unknownText) ? undefined : found
  }

  function method(callee: AnyNode, scope: Scope): string | undefined {
    if (callee.type === 'MemberExpression') return key(callee, scope)
    return origins(callee, scope)
      .find((origin) => origin.keys.length > 0)
      ?.keys.at(-1)
  }

  const values: ScriptValues = { origins, name, texts, text, key, method }
  return values
}

/** The quick answer for what most of a script is: things of its own, whose origin nobody can tell. */
function isPrivate(node: AnyNode, scope: Scope): boolean {
  const root = node.type === 'MemberExpression' ? node.object : node
  if (root.type === 'ThisExpression') return true
  if (root.type !== 'Identifier') return false
  const binding = lookUp(scope, root.name)
  return binding !== undefined && binding.values.length === 0 && binding.module === undefined
}
