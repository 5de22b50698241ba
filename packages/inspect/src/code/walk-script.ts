import type {
  AnyNode,
  CallExpression,
  ClassDeclaration,
  Function as FunctionNode,
  NewExpression,
  Program,
  Statement,
} from 'acorn'
import { base, type RecursiveVisitors } from 'acorn-walk'
import { createScope, type Definition, declare, eachName, functionScopeOf, give, lookUp, type Scope } from './scope.ts'

/** A place in the tree that a check wants to look at once all scopes are known. */
export interface Site<Kind extends AnyNode = AnyNode> {
  node: Kind
  scope: Scope
}

export type Call = CallExpression | NewExpression

export interface WalkedScript {
  /** In no particular order. */
  sites: Site[]
  /** The scope inside of each function. */
  functions: Map<AnyNode, Scope>
  moduleScope: Scope
}

interface Write {
  name: string
  scope: Scope
  value: Definition | undefined
}

// The library types its table with the state of whoever uses it; this walk keeps none there.
const childrenOf: RecursiveVisitors<undefined> = base

/**
 * Visits every node once, without recursion, so that depth costs memory and not the stack. `isSite` says of a node
 * whether a check will want to see it later; it is also the place to count things.
 */
export function walkScript(program: Program, isSite: (node: AnyNode) => boolean): WalkedScript {
  const moduleScope = createScope(undefined, true)
  const sites: Site[] = []
  const functions = new Map<AnyNode, Scope>()
  const writes: Write[] = []
  const nodes: AnyNode[] = [program]
  const scopes: Scope[] = [moduleScope]
  let current: AnyNode = program
  let inner = moduleScope

  const push = (node: AnyNode, _state: undefined, kind?: string): void => {
    // The library asks for the same node again under the name of its family; for all others the type says enough.
    if (node === current) childrenIn(kind ?? node.type, node, push)
    else {
      nodes.push(node)
      scopes.push(inner)
    }
  }

  for (;;) {
    const node = nodes.pop()
    const scope = scopes.pop()
    if (node === undefined || scope === undefined) break
    if (isSite(node)) sites.push({ node, scope })
    current = node
    inner = enter(node, scope, functions, writes)
    childrenIn(node.type, node, push)
  }
  for (const { name, scope, value } of writes) {
    const binding = lookUp(scope, name)
    if (binding !== undefined) give(binding, value)
  }
  return { sites, functions, moduleScope }
}

type Push = (node: AnyNode, state: undefined, kind?: string) => void

function childrenIn(kind: string, node: AnyNode, push: Push): void {
  const visit = childrenOf[kind as AnyNode['type']] as
    | ((node: AnyNode, state: undefined, push: Push) => void)
    | undefined
  visit?.(node, undefined, push)
}

/** Declares what a node declares and returns the scope of its children. */
function enter(node: AnyNode, scope: Scope, functions: Map<AnyNode, Scope>, writes: Write[]): Scope {
  switch (node.type) {
    case 'FunctionDeclaration':
      if (node.id) give(declare(scope, node.id.name), { node, scope, keys: [] })
      return enterFunction(node, scope, functions)
    case 'FunctionExpression':
    case 'ArrowFunctionExpression': {
      const inside = enterFunction(node, scope, functions)
      if (node.id && !inside.bindings?.has(node.id.name)) {
        give(declare(inside, node.id.name), { node, scope, keys: [] })
      }
      return inside
    }
    case 'ClassDeclaration':
    case 'ClassExpression':
      return enterClass(node, scope)
    case 'VariableDeclaration': {
      const target = node.kind === 'var' ? functionScopeOf(scope) : scope
      for (const { id, init } of node.declarations) {
        const value: Definition | undefined = init ? { node: init, scope, keys: [] } : undefined
        eachName(id, value, scope, (name, part) => {
          const binding = declare(target, name)
          if (init) give(binding, part)
        })
      }
      return scope
    }
    case 'ImportDeclaration':
      for (const specifier of node.specifiers) {
        const binding = declare(scope, specifier.local.name)
        binding.module = String(node.source.value)
        if (specifier.type === 'ImportSpecifier') {
          const { imported } = specifier
          binding.imported = imported.type === 'Identifier' ? imported.name : String(imported.value)
        }
      }
      return scope
    case 'AssignmentExpression': {
      const { left, operator, right } = node
      if (left.type === 'MemberExpression') return scope
      const value: Definition | undefined = operator === '=' ? { node: right, scope, keys: [] } : undefined
      eachName(left, value, scope, (name, part) => writes.push({ name, scope, value: part }))
      return scope
    }
    case 'UpdateExpression':
      if (node.argument.type === 'Identifier') writes.push({ name: node.argument.name, scope, value: undefined })
      return scope
    case 'ForInStatement':
    case 'ForOfStatement': {
      const inside = createScope(scope, false)
      const pattern = node.left.type === 'VariableDeclaration' ? node.left.declarations[0]?.id : node.left
      if (pattern !== undefined) {
        eachName(pattern, undefined, inside, (name) => writes.push({ name, scope: inside, value: undefined }))
      }
      return inside
    }
    case 'BlockStatement':
      return node.body.some(isLexical) ? createScope(scope, false) : scope
    case 'ForStatement':
      return node.init?.type === 'VariableDeclaration' ? createScope(scope, false) : scope
    case 'SwitchStatement':
      return createScope(scope, false)
    case 'StaticBlock':
      return createScope(scope, true)
    case 'CatchClause': {
      const inside = createScope(scope, false)
      if (node.param) eachName(node.param, undefined, inside, (name) => give(declare(inside, name), undefined))
      return inside
    }
    default:
      return scope
  }
}

/** Whether a statement declares a name that ends with its block. */
function isLexical(statement: Statement): boolean {
  if (statement.type === 'VariableDeclaration') return statement.kind !== 'var'
  return statement.type === 'FunctionDeclaration' || statement.type === 'ClassDeclaration'
}

function enterFunction(node: AnyNode & FunctionNode, scope: Scope, functions: Map<AnyNode, Scope>): Scope {
  const inside = createScope(scope, true)
  functions.set(node, inside)
  for (const parameter of node.params) {
    eachName(parameter, undefined, inside, (name, fallback) => {
      const binding = declare(inside, name)
      binding.isOpen = true
      give(binding, fallback)
    })
  }
  return inside
}

function enterClass(node: Extract<AnyNode, { type: 'ClassDeclaration' | 'ClassExpression' }>, scope: Scope): Scope {
  const value: Definition = { node, scope, keys: [] }
  if (node.type === 'ClassDeclaration') {
    const { id }: { id: ClassDeclaration['id'] | null } = node
    if (id) give(declare(scope, id.name), value)
    return scope
  }
  if (!node.id) return scope
  const inside = createScope(scope, false)
  give(declare(inside, node.id.name), value)
  return inside
}
