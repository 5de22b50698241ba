import type { AnyNode, Pattern } from 'acorn'

/** An expression together with the scope in which its names have their meaning. */
export interface Definition {
  node: AnyNode
  scope: Scope
  /** The way from the value of `node` to the part that is meant: `const { a: { b } } = node` gives `['a', 'b']`. */
  keys: readonly string[]
  /** What stands in when there is no value: the default of a pattern. */
  fallback?: Definition
}

export interface Binding {
  /** What the name is given: in its declaration, in assignments, in calls that were seen. */
  values: Definition[]
  /** It can have other values than these. */
  isOpen: boolean
  /** For an import: the module, and the name it exports; without a name the module itself. */
  module?: string
  imported?: string
}

export interface Scope {
  parent: Scope | undefined
  isFunction: boolean
  bindings: Map<string, Binding> | undefined
}

/** More of them say nothing new, and each is followed. */
const maxValues = 8

export function createScope(parent: Scope | undefined, isFunction: boolean): Scope {
  return { parent, isFunction, bindings: undefined }
}

export function functionScopeOf(scope: Scope): Scope {
  let at = scope
  while (!at.isFunction && at.parent !== undefined) at = at.parent
  return at
}

export function lookUp(scope: Scope, name: string): Binding | undefined {
  for (let at: Scope | undefined = scope; at !== undefined; at = at.parent) {
    const binding = at.bindings?.get(name)
    if (binding !== undefined) return binding
  }
  return undefined
}

export function declare(scope: Scope, name: string): Binding {
  scope.bindings ??= new Map()
  let binding = scope.bindings.get(name)
  if (binding === undefined) {
    binding = { values: [], isOpen: false }
    scope.bindings.set(name, binding)
  }
  return binding
}

/** Notes what a name is given; without a value it can be anything. */
export function give(binding: Binding, value: Definition | undefined): void {
  if (value !== undefined && binding.values.length < maxValues) binding.values.push(value)
  else binding.isOpen = true
}

/** Calls `take` for each name of a pattern, with the part of `value` that the name gets. */
export function eachName(
  pattern: Pattern,
  value: Definition | undefined,
  scope: Scope,
  take: (name: string, value: Definition | undefined) => void,
): void {
  switch (pattern.type) {
    case 'Identifier':
      take(pattern.name, value)
      break
    case 'AssignmentPattern': {
      const fallback: Definition = { node: pattern.right, scope, keys: [] }
      eachName(pattern.left, value === undefined ? fallback : { ...value, fallback }, scope, take)
      break
    }
    case 'ObjectPattern':
      // Without a value the pattern itself stands for it, so that the keys are known all the same.
      eachKey(pattern.properties, value ?? { node: pattern, scope, keys: [] }, scope, take)
      break
    case 'ArrayPattern':
      for (const element of pattern.elements) if (element) eachName(element, undefined, scope, take)
      break
    case 'RestElement':
      eachName(pattern.argument, undefined, scope, take)
      break
  }
}

function eachKey(
  properties: Extract<Pattern, { type: 'ObjectPattern' }>['properties'],
  { node, scope: valueScope, keys }: Definition,
  scope: Scope,
  take: (name: string, value: Definition | undefined) => void,
): void {
  for (const property of properties) {
    if (property.type === 'RestElement') {
      eachName(property, undefined, scope, take)
      continue
    }
    const key = property.computed ? undefined : keyOf(property.key)
    const part = key === undefined ? undefined : { node, scope: valueScope, keys: [...keys, key] }
    eachName(property.value, part, scope, take)
  }
}

/** The name of a key that is written out; a private name is no key that anybody else can use. */
export function keyOf(key: AnyNode): string | undefined {
  if (key.type === 'Identifier') return key.name
  return key.type === 'Literal' ? String(key.value) : undefined
}
