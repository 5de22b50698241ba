import type { AnyNode } from 'acorn'
import {
  checkEval,
  checkEvalTable,
  checkSuperClass,
  evalTableKey,
  executionCallsByMethod,
  executionCallsByName,
} from './execution-checks.ts'
import { checkDynamicImport, checkImport, moduleCallsByName, noteExports } from './module-checks.ts'
import { checkAddressAssignment, checkArguments, networkCallsByMethod, networkCallsByName } from './network-checks.ts'
import {
  checkHtmlProperty,
  checkPageAssignment,
  checkScriptElement,
  checkSharedThing,
  pageCallsByMethod,
  pageCallsByName,
} from './page-checks.ts'
import { keyOf, lookUp, type Scope } from './scope.ts'
import type { CallCheck, CallSite, ScriptCheck } from './script-check.ts'
import type { Call, Site } from './walk-script.ts'

type SiteChecks = {
  [Kind in AnyNode['type']]?: (node: Extract<AnyNode, { type: Kind }>, scope: Scope, check: ScriptCheck) => void
}

/** Things that count where they are read, called or not. */
const readThings: ReadonlySet<string> = new Set([
  'eval',
  'cookie',
  'cookieStore',
  'localStorage',
  'sessionStorage',
  'indexedDB',
])
const htmlProperty = 'dangerouslySetInnerHTML'

const callsByName = gathered(executionCallsByName, networkCallsByName, pageCallsByName, moduleCallsByName)
const callsByMethod = gathered(executionCallsByMethod, networkCallsByMethod, pageCallsByMethod)

/** All checks, by the type of the node that they look at. */
const siteChecks: SiteChecks = {
  CallExpression: checkCall,
  NewExpression: checkCall,
  AssignmentExpression: (node, scope, check) => {
    const { left, right } = node
    const key = left.type === 'MemberExpression' ? check.values.key(left, scope) : undefined
    if (left.type !== 'MemberExpression' || key === undefined) return
    const site = { node, scope, target: left, key, value: right }
    checkAddressAssignment(site, check)
    checkPageAssignment(site, check)
  },
  MemberExpression: (node, scope, check) => checkRead(check.values.name(node, scope), node, check),
  Identifier: (node, scope, check) => {
    if (lookUp(scope, node.name) === undefined) checkRead(node.name, node, check)
  },
  Property: ({ key, value }, scope, check) => {
    if (keyOf(key) === htmlProperty) checkHtmlProperty(value, scope, check)
    else if (check.values.name(value, scope) === 'eval') checkEvalTable(value, check)
  },
  ClassDeclaration: checkSuperClass,
  ClassExpression: checkSuperClass,
  ImportExpression: checkDynamicImport,
  ImportDeclaration: (node, _scope, check) => checkImport(node, node.source, check),
  ExportNamedDeclaration: (node, _scope, check) => {
    noteExports(node, check)
    if (node.source) checkImport(node, node.source, check)
  },
  ExportAllDeclaration: (node, _scope, check) => {
    noteExports(node, check)
    checkImport(node, node.source, check)
  },
  ExportDefaultDeclaration: (node, _scope, check) => noteExports(node, check),
}

/** Tells during the walk which nodes have to be looked at when all scopes are known. A node comes after its parent. */
export function createSiteFilter(): (node: AnyNode) => boolean {
  const harmless = new Set<AnyNode>()
  return (node) => {
    switch (node.type) {
      case 'UnaryExpression':
        // Asks whether it is there and does nothing with it.
        if (node.operator === 'typeof') harmless.add(node.argument)
        return false
      case 'Identifier':
        return readThings.has(node.name) && !harmless.has(node)
      case 'MemberExpression': {
        const { property } = node
        if (harmless.has(node)) return false
        if (!node.computed) return property.type === 'Identifier' && readThings.has(property.name)
        // Numbers and variables are how lists are read; a text that is put together is how a name is hidden.
        if (property.type === 'Literal') return readThings.has(String(property.value))
        return property.type !== 'Identifier' && property.type !== 'MemberExpression'
      }
      case 'Property': {
        const key = node.computed ? undefined : keyOf(node.key)
        if (key === evalTableKey) harmless.add(node.value)
        return key === evalTableKey || key === htmlProperty
      }
      default:
        return node.type in siteChecks
    }
  }
}

export function checkSite({ node, scope }: Site, check: ScriptCheck): void {
  // TypeScript does not see that the row belongs to the type of the node.
  const run = siteChecks[node.type] as ((node: AnyNode, scope: Scope, check: ScriptCheck) => void) | undefined
  run?.(node, scope, check)
}

function checkCall(node: Call, scope: Scope, check: ScriptCheck): void {
  const name = check.values.name(node.callee, scope)
  const method = check.values.method(node.callee, scope)
  const site: CallSite = { node, scope, args: node.arguments, name, method }
  for (const run of callsByName.get(name ?? '') ?? []) run(site, check)
  for (const run of callsByMethod.get(method ?? '') ?? []) run(site, check)
  checkArguments(site, check)
  checkScriptElement(site, check)
}

function checkRead(name: string | undefined, node: AnyNode, check: ScriptCheck): void {
  if (name === 'eval') checkEval(node, check)
  else checkSharedThing(name, node, check)
}

function gathered(...tables: Readonly<Record<string, CallCheck>>[]): ReadonlyMap<string, readonly CallCheck[]> {
  const checks = new Map<string, CallCheck[]>()
  for (const [name, check] of tables.flatMap(Object.entries<CallCheck>)) {
    checks.set(name, [...(checks.get(name) ?? []), check])
  }
  return checks
}
