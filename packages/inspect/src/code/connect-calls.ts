import type { AnyNode } from 'acorn'
import { isFunction } from './global-name.ts'
import { propertyOf } from './object-property.ts'
import { eachName, give, keyOf, lookUp, type Scope } from './scope.ts'
import type { Call, WalkedScript } from './walk-script.ts'

/**
 * Tells the parameters of the script's own functions what they get, so that the host in `const get = (url) =>
 * fetch(url)` and `get('https://…')` is seen. Only calls by a plain name are followed.
 */
export function connectCalls(script: WalkedScript): void {
  for (const { node, scope } of script.sites) {
    if ((node.type !== 'CallExpression' && node.type !== 'NewExpression') || node.arguments.length === 0) continue
    const { callee, arguments: args } = node
    for (const called of calledFunctions(callee, scope)) passArguments(script, called, args, scope)
    // (function (w) { … }).call(this, window)
    if (callee.type === 'MemberExpression' && isFunction(callee.object) && keyOf(callee.property) === 'call') {
      passArguments(script, callee.object, args.slice(1), scope)
    }
  }
}

function calledFunctions(callee: AnyNode, scope: Scope): readonly AnyNode[] {
  if (isFunction(callee)) return [callee]
  if (callee.type === 'Identifier') return valuesOf(callee.name, scope).filter(isFunction)
  if (callee.type === 'SequenceExpression') {
    const last = callee.expressions.at(-1)
    return last === undefined ? [] : calledFunctions(last, scope)
  }
  if (callee.type !== 'MemberExpression' || callee.computed || callee.object.type !== 'Identifier') return []
  const key = keyOf(callee.property)
  return valuesOf(callee.object.name, scope).flatMap((object) => {
    const method = key === undefined ? undefined : propertyOf(object, key)
    return method !== undefined && isFunction(method) ? [method] : []
  })
}

function valuesOf(name: string, scope: Scope): readonly AnyNode[] {
  const values = lookUp(scope, name)?.values ?? []
  return values.filter(({ keys }) => keys.length === 0).map(({ node }) => node)
}

function passArguments({ functions }: WalkedScript, called: AnyNode, args: Call['arguments'], scope: Scope): void {
  const inside = functions.get(called)
  if (inside === undefined || !('params' in called)) return
  for (const [index, argument] of args.entries()) {
    const parameter = called.params[index]
    if (parameter === undefined || argument.type === 'SpreadElement') break
    eachName(parameter, { node: argument, scope, keys: [] }, inside, (name, value) => {
      const binding = inside.bindings?.get(name)
      if (binding !== undefined) give(binding, value)
    })
  }
}
