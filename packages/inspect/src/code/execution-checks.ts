import type { AnyNode, Class } from 'acorn'
import { unknownText } from './constant-text.ts'
import { originName } from './global-name.ts'
import { contactedHost } from './host-name.ts'
import type { Scope } from './scope.ts'
import type { CallCheck, CallSite, ScriptCheck } from './script-check.ts'

/** Bodies, and parameters before them, that older libraries give to `Function` and that let nothing in. */
const harmlessFunctions: ReadonlySet<string> = new Set(['', 'return this', 'r,regeneratorRuntime = r'])
/** The exact forms in which known libraries make functions from text; `\0` stands for what they put in. */
const libraryFunctions: readonly RegExp[] = [
  // zod 4, the compiler of its schemas: new F(...names, text)
  /^\0,return (?:function \(\0\)|\(input\) =>) \{\n\0\n\};?$/,
  // function-bind
  /^binder,return function \([^)]*\)\{ return binder\.apply\(this, ?arguments\); \}$/,
  // d3-dsv, which reads a row of a table
  /^d,return \{\0\}$/,
  // get-intrinsic, which asks for the constructors of generators
  /^"use strict"; return \((?:\0|(?:async )?function\*? ?\(\) ?\{\})\)\.constructor;$/,
]
/** The key under which get-intrinsic keeps `eval` in its table of everything built in. */
export const evalTableKey = '%eval%'

const functionCall: CallCheck = (site, { values, report }) => {
  const { node, scope, args } = site
  if (!isCertain(site, values)) {
    report('code-constructor-call', 'What is called may be the constructor of functions', node)
    return
  }
  const parts = args.map((argument) => values.texts(argument, scope))
  // A choice of parameters is no form of any library.
  const before = parts.slice(0, -1).map(([text, ...others]) => (others.length === 0 ? text : unknownText))
  const wholes = (parts.at(-1) ?? ['']).map((body) => [...before, body].join(','))
  if (wholes.every((text) => harmlessFunctions.has(withoutFrills(text)))) {
    report('code-function-literal', '`Function` is called with a fixed text', node)
  } else if (wholes.every((text) => libraryFunctions.some((form) => form.test(text))) || joinsLines(site, values)) {
    report('code-function-generator', 'A function is made from text in the way of a known library', node)
  } else {
    report('code-function-constructor', 'Text is made into a function', node)
  }
}

/** What is reached over `.constructor` of one of several values is mostly the constructor of another one. */
function isCertain({ node, scope }: CallSite, values: ScriptCheck['values']): boolean {
  const origins = values.origins(node.callee, scope)
  const functions = origins.filter((origin) => originName(values, origin) === 'Function')
  return functions.length === origins.length || functions.some(({ keys }) => !keys.includes('constructor'))
}

/** `return this;` and `"use strict"; return this` are the same as `return this`. */
function withoutFrills(body: string): string {
  return body
    .trim()
    .replace(/^(["'])use strict\1;?\s*/, '')
    .replace(/;$/, '')
}

/** The form of the first releases of zod 4: `new F(...names, lines.join("\n"))`. */
function joinsLines({ node, scope, args }: CallSite, values: ScriptCheck['values']): boolean {
  const [names, text] = args
  if (node.type !== 'NewExpression' || args.length !== 2 || names?.type !== 'SpreadElement') return false
  if (text?.type !== 'CallExpression' || values.method(text.callee, scope) !== 'join') return false
  const [glue] = text.arguments
  return glue !== undefined && values.text(glue, scope) === '\n'
}

const indirectFunction: CallCheck = ({ node, scope, args: [called] }, { values, report }) => {
  const isFunction = called !== undefined && values.name(called, scope) === 'Function'
  if (isFunction) report('code-function-constructor', 'Text is made into a function', node)
}

const anyFunctionCall: CallCheck = ({ node }, { report }) => {
  report('code-function-constructor', 'Text is made into a function', node)
}

const timer: CallCheck = ({ node, scope, args: [callback] }, { values, report }) => {
  const runsText = callback !== undefined && values.texts(callback, scope).some(isText)
  if (runsText) report('code-string-timer', 'A timer runs a text as code', node)
}

/** Whether a text that may be code is known in part; numbers are no code. */
function isText(text: string): boolean {
  return /[^\0\d.]/.test(text)
}

const worker: CallCheck = ({ node, scope, args: [script] }, { values, report }) => {
  const addresses = script === undefined ? [] : values.texts(script, scope)
  const ownFile = (address: string) => {
    const { host, uncertain } = contactedHost(address)
    return host === undefined && !uncertain && !/^(?:blob|data):/i.test(address) && !address.includes(unknownText)
  }
  if (addresses.every(ownFile)) return
  report('code-worker', 'A worker is started from something other than a file of the package', node)
}

const wasm: CallCheck = ({ node }, { report }) => report('code-wasm', 'WebAssembly is compiled', node)

export const executionCallsByName: Readonly<Record<string, CallCheck>> = {
  eval: ({ node }, check) => checkEval(node, check),
  Function: functionCall,
  'Function.call': anyFunctionCall,
  'Function.apply': anyFunctionCall,
  'Reflect.construct': indirectFunction,
  'Reflect.apply': indirectFunction,
  setTimeout: timer,
  setInterval: timer,
  setImmediate: timer,
  execScript: timer,
  Worker: worker,
  SharedWorker: worker,
  'WebAssembly.compile': wasm,
  'WebAssembly.compileStreaming': wasm,
  'WebAssembly.instantiate': wasm,
  'WebAssembly.instantiateStreaming': wasm,
  'WebAssembly.Module': wasm,
  importScripts: ({ node }, { report }) => report('code-import-scripts', 'Code is loaded into a worker', node),
}

const constructorCall: CallCheck = ({ node, scope, args: [first], name }, { values, report }) => {
  const takesText = first !== undefined && values.texts(first, scope).every(isText)
  if (name !== 'Function' && takesText) report('code-constructor-call', 'A constructor is called with a text', node)
}

export const executionCallsByMethod: Readonly<Record<string, CallCheck>> = { constructor: constructorCall }

export function checkSuperClass({ superClass }: Class, scope: Scope, check: ScriptCheck): void {
  if (!superClass || check.values.name(superClass, scope) !== 'Function') return
  check.report('code-constructor-call', 'A class extends `Function`', superClass)
}

/** A mention of `eval` is enough: what is passed on is called somewhere. */
export function checkEval(node: AnyNode, { report }: ScriptCheck): void {
  report('code-eval', '`eval` runs text as code', node)
}

/** `'%eval%': eval` */
export function checkEvalTable(node: AnyNode, { report }: ScriptCheck): void {
  report('code-function-generator', '`eval` stands in a table of all that is built in', node)
}
