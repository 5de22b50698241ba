import type { AnyNode, CallExpression } from 'acorn'
import { lookUp, type Scope } from './scope.ts'
import type { Origin, ScriptValues } from './script-values.ts'

const globalObjects: ReadonlySet<string> = new Set(['window', 'globalThis', 'self', 'global', 'top', 'parent'])
/** Functions that every page has: what `constructor` gives on them is `Function`. */
const builtinFunction =
  /^(?:Object|Array|String|Number|Boolean|Symbol|Promise|Map|Set|Date|RegExp|Error|Proxy|Function)(?:\.(?!prototype$)\w+)?$|^(?:Function\.prototype|fetch|alert|parseInt|setTimeout)$/
const functionTypes: ReadonlySet<string> = new Set([
  'FunctionDeclaration',
  'FunctionExpression',
  'ArrowFunctionExpression',
  'ClassDeclaration',
  'ClassExpression',
])
const literalTypes: ReadonlySet<string> = new Set(['Literal', 'TemplateLiteral', 'ArrayExpression', 'ObjectExpression'])

/**
 * The global thing that an origin is, e.g. `document.write`, whichever way the script went to it: `window.document`,
 * a name, a parameter, `"wri" + "te"`. Modules are `import(fs)`, elements `element(script)`, the global object is the
 * empty text, and every way to the constructor of functions is `Function`.
 */
export function originName(values: ScriptValues, { node, scope, keys }: Origin): string | undefined {
  let path = rootName(values, node, scope)
  let callable = isFunction(node)
  for (const [index, key] of keys.entries()) {
    if (key === 'constructor' && (callable || (path !== undefined && builtinFunction.test(path)))) {
      path = 'Function'
      callable = true
    } else if (key === '__proto__' && callable) path = 'Function.prototype'
    else {
      path = path === undefined ? undefined : joined(path, key)
      // The constructor of anything is a function, and so is what a literal has under a name, but for its length.
      callable = key === 'constructor' || (index === 0 && literalTypes.has(node.type) && key !== 'length')
    }
  }
  return path
}

export function moduleName(module: string): string {
  return `import(${module.replace(/^node:/, '')})`
}

export function elementName(tag: string): string {
  return `element(${tag})`
}

export function isFunction(node: AnyNode): boolean {
  return functionTypes.has(node.type)
}

function rootName(values: ScriptValues, node: AnyNode, scope: Scope): string | undefined {
  switch (node.type) {
    case 'Identifier': {
      const binding = lookUp(scope, node.name)
      if (binding === undefined) return joined('', node.name)
      if (binding.module === undefined) return undefined
      return moduleName(binding.module) + (binding.imported === undefined ? '' : `.${binding.imported}`)
    }
    case 'ImportExpression': {
      const module = values.text(node.source, scope)
      return module === undefined ? undefined : moduleName(module)
    }
    case 'MetaProperty':
      return `${node.meta.name}.${node.property.name}`
    case 'NewExpression':
      return values.name(node.callee, scope) === 'Image' ? elementName('img') : undefined
    case 'CallExpression':
      return resultName(values, node, scope)
    default:
      return undefined
  }
}

/** What a call gives back, for the few functions whose result is a thing with a name. */
function resultName(values: ScriptValues, node: CallExpression, scope: Scope): string | undefined {
  const called = values.name(node.callee, scope)
  const [first] = node.arguments
  if (called?.endsWith('.bind')) return called.slice(0, -'.bind'.length)
  if (called === `${moduleName('module')}.createRequire`) return 'require'
  if (first === undefined) return undefined
  if (called === 'require') {
    const module = values.text(first, scope)
    return module === undefined ? undefined : moduleName(module)
  }
  if (called === 'Object.getPrototypeOf' || called === 'Reflect.getPrototypeOf') {
    return values.origins(first, scope).some((origin) => isFunction(origin.node)) ? 'Function.prototype' : undefined
  }
  if (values.method(node.callee, scope) !== 'createElement') return undefined
  const tag = values.text(first, scope)
  return tag === undefined ? undefined : elementName(tag.toLowerCase())
}

function joined(path: string, key: string): string {
  if (path !== '') return `${path}.${key}`
  return globalObjects.has(key) ? '' : key
}
