import type { AnyNode } from 'acorn'
import { unknownText } from './constant-text.ts'
import { propertyOf } from './object-property.ts'
import type { Scope } from './scope.ts'
import type { AssignmentSite, CallCheck, ScriptCheck } from './script-check.ts'

const htmlProperties: ReadonlySet<string> = new Set(['innerHTML', 'outerHTML', 'srcdoc'])
const builtins =
  'Object|Function|Array|String|Number|Boolean|Symbol|Promise|Map|Set|WeakMap|WeakSet|Date|RegExp|Error|JSON|Math|Reflect|Proxy'
const pageBuiltins =
  'XMLHttpRequest|WebSocket|EventSource|EventTarget|Node|Element|HTMLElement|Document|Window|Storage|History|Request|Response'
const prototype = new RegExp(`^(?:${builtins}|${pageBuiltins})\\.prototype$`)
/** What the whole page relies on: functions of built-in objects, and the functions that every script finds by name. */
const sharedFunction = new RegExp(
  `^(?:(?:${builtins})\\.\\w+|(?:${builtins}|${pageBuiltins})(?:\\.prototype\\.\\w+)?|(?:console|crypto)\\.\\w+|` +
    'history\\.(?:push|replace)State|document\\.(?:write|(?:create|get|query|addEvent)\\w+)|' +
    'fetch|setTimeout|setInterval|addEventListener|postMessage|open|navigator\\.sendBeacon)$',
)
/** V8 has these to be set, and error reports of many libraries do. */
const settable = /^Error\.(?:prepareStackTrace|stackTraceLimit)$/

const html = (value: AnyNode | undefined, node: AnyNode, scope: Scope, { values, report }: ScriptCheck) => {
  const unknown = value !== undefined && values.texts(value, scope).some((text) => text.includes(unknownText))
  if (unknown) report('code-html-sink', 'HTML is set from a value', node)
}

const documentWrite: CallCheck = ({ node }, { report }) => {
  report('code-document-write', 'The document is written to', node)
}

const definesOn: CallCheck = ({ node, scope, args: [object] }, { values, report }) => {
  const name = object === undefined ? undefined : values.name(object, scope)
  if (name !== undefined && prototype.test(name))
    report('code-builtin-patch', `\`${name}\` is changed for the whole page`, node)
}

export const pageCallsByName: Readonly<Record<string, CallCheck>> = {
  'document.write': documentWrite,
  'document.writeln': documentWrite,
  'Object.assign': definesOn,
  'Object.defineProperty': definesOn,
  'Object.defineProperties': definesOn,
  'Object.setPrototypeOf': definesOn,
  'Reflect.defineProperty': definesOn,
  'Reflect.set': definesOn,
}

export const pageCallsByMethod: Readonly<Record<string, CallCheck>> = {
  insertAdjacentHTML: ({ node, scope, args }, check) => html(args[1], node, scope, check),
  setHTMLUnsafe: ({ node, scope, args }, check) => html(args[0], node, scope, check),
  createContextualFragment: ({ node, scope, args }, check) => html(args[0], node, scope, check),
  setAttribute: ({ node, scope, args: [first, value] }, check) => {
    const attribute = first === undefined ? undefined : check.values.text(first, scope)
    if (attribute !== undefined && /^(?:on\w+|srcdoc)$/i.test(attribute)) html(value, node, scope, check)
  },
  createElement: ({ node, scope, args: [first] }, { values, report }) => {
    const tag = first === undefined ? undefined : values.text(first, scope)
    if (tag?.toLowerCase() === 'script') report('code-script-element', 'A `<script>` element is made', node)
  },
  register: ({ node, scope }, { values, report }) => {
    const { callee } = node
    const worker = callee.type === 'MemberExpression' ? values.method(callee.object, scope) : undefined
    if (worker === 'serviceWorker') report('code-service-worker', 'A service worker is registered', node)
  },
  postMessage: ({ node, scope, args: [, target] }, { values, report }) => {
    const origin = propertyOf(target, 'targetOrigin') ?? target
    const anyOrigin = origin !== undefined && values.text(origin, scope) === '*'
    if (anyOrigin) report('code-post-message', 'A message is sent to any origin', node)
  },
}

/** `jsx("script", { src })` */
export const checkScriptElement: CallCheck = ({ node, args: [first, second] }, { report }) => {
  if (first?.type !== 'Literal' || first.value !== 'script' || second?.type !== 'ObjectExpression') return
  report('code-script-element', 'A `<script>` element is made', node)
}

export function checkPageAssignment({ node, scope, target, key, value }: AssignmentSite, check: ScriptCheck): void {
  if (htmlProperties.has(key)) html(value, node, scope, check)
  const object = check.values.name(target.object, scope)
  const name = object === '' ? key : `${object}.${key}`
  const shared = object !== undefined && sharedFunction.test(name) && !settable.test(name)
  if (shared || check.values.method(target.object, scope) === '__proto__') {
    check.report('code-builtin-patch', `\`${name}\` is changed for the whole page`, node)
  }
}

/** `dangerouslySetInnerHTML: { __html: value }` */
export function checkHtmlProperty(value: AnyNode, scope: Scope, check: ScriptCheck): void {
  html(propertyOf(value, '__html'), value, scope, check)
}

/** Things that are used by reading them. */
export function checkSharedThing(name: string | undefined, node: AnyNode, { report }: ScriptCheck): void {
  if (name === 'document.cookie' || name === 'cookieStore') {
    report('code-cookie', 'Cookies of the page are used', node)
  } else if (name === 'localStorage' || name === 'sessionStorage' || name === 'indexedDB') {
    report('code-storage', `\`${name}\` is used`, node)
  }
}
