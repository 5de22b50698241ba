import type {
  AnyNode,
  ExportAllDeclaration,
  ExportDefaultDeclaration,
  ExportNamedDeclaration,
  Identifier,
  ImportExpression,
  Literal,
} from 'acorn'
import type { CodeRule } from './code-rules.ts'
import { ownHost, unknownText } from './constant-text.ts'
import { contactedHost } from './host-name.ts'
import { createScope, eachName, type Scope } from './scope.ts'
import type { CallCheck, ScriptCheck } from './script-check.ts'

/**
 * Modules of Node that are imported without `node:`. The list is closed, Node gives new ones only with the prefix, and
 * it stands here so that the verdict does not depend on the Node that runs the inspection.
 */
const nodeModules: ReadonlySet<string> = new Set(
  `_http_agent _http_client _http_common _http_incoming _http_outgoing _http_server _stream_duplex _stream_passthrough
  _stream_readable _stream_transform _stream_wrap _stream_writable _tls_common _tls_wrap assert async_hooks buffer
  child_process cluster console constants crypto dgram diagnostics_channel dns domain events fs http http2 https
  inspector module net os path perf_hooks process punycode querystring readline repl stream string_decoder sys timers
  tls trace_events tty url util v8 vm wasi worker_threads zlib`.split(/\s+/),
)

/** Why a backend may not use a module of Node. */
const backendModules: Readonly<Record<string, [CodeRule, string]>> = {
  child_process: ['code-backend-process', 'Other programs can be started'],
  cluster: ['code-backend-process', 'Other processes can be started'],
  vm: ['code-backend-vm', 'Text can be compiled to code'],
  repl: ['code-backend-vm', 'Text can be compiled to code'],
  inspector: ['code-backend-inspector', 'A debugger can be opened'],
  worker_threads: ['code-backend-threads', 'Threads can be started'],
  'node-gyp-build': ['code-backend-addon', 'Native code can be loaded'],
  bindings: ['code-backend-addon', 'Native code can be loaded'],
}

/** A module that is named in full, by `import`, `export … from`, `import()` or `require`. */
function checkModule(module: string, node: AnyNode, { target, imports, report, reportForeign }: ScriptCheck): void {
  imports.add(module)
  const builtin = /^node:/.test(module) || nodeModules.has(module.split('/')[0] ?? '')
  if (!builtin && /^(?:[a-z][a-z0-9+.-]*:|[/\\]{2})/i.test(module)) {
    report('code-remote-import', 'A module is imported from outside the package', node)
  } else if (target === 'backend') {
    const name = module.replace(/^node:/, '').replace(/^inspector\/.*/, 'inspector')
    const [rule, sentence] = Object.hasOwn(backendModules, name) ? (backendModules[name] ?? []) : []
    if (rule !== undefined && sentence !== undefined) report(rule, sentence, node)
    else if (module.endsWith('.node')) report('code-backend-addon', 'Native code is loaded', node)
  } else if (builtin) {
    report('code-node-builtin', `The Node module ${module} is imported`, node)
  } else if (!/^\.{1,2}\//.test(module)) reportForeign(module, node)
}

export function checkImport(node: AnyNode, source: Literal, check: ScriptCheck): void {
  if (typeof source.value === 'string') checkModule(source.value, node, check)
}

export function checkDynamicImport(node: ImportExpression, scope: Scope, check: ScriptCheck): void {
  for (const text of check.values.texts(node.source, scope)) {
    const { host } = contactedHost(text)
    if (host !== undefined) check.hosts.add(host)
    const beginning = text.split(unknownText, 1)[0] ?? ''
    if (beginning.startsWith(`https://${ownHost}/`) || (beginning !== text && /^\.{1,2}\//.test(beginning))) {
      check.report('code-partial-import', 'Only the beginning of an imported path is known', node)
    } else if (beginning === text) checkModule(text, node, check)
    else if (host !== undefined)
      check.report('code-remote-import', 'A module is imported from outside the package', node)
    else check.report('code-dynamic-import', 'The path of an import is only known at run time', node)
  }
}

const requireCall: CallCheck = ({ node, scope, args: [first] }, check) => {
  const module = first === undefined ? undefined : check.values.text(first, scope)
  const known = module !== undefined && nodeModules.has(module.replace(/^node:/, '').split('/')[0] ?? '')
  if (module !== undefined && (known || check.target === 'backend')) checkModule(module, node, check)
  else if (check.target === 'browser') check.report('code-require', '`require` is called', node)
  else check.report('code-dynamic-import', 'The path of a `require` is only known at run time', node)
}

const nodeInternals: CallCheck = ({ node, name }, { target, report }) => {
  if (target === 'backend') report('code-backend-addon', 'Native code can be loaded', node)
  else report('code-node-builtin', `\`${name}\` of Node is called`, node)
}

export const moduleCallsByName: Readonly<Record<string, CallCheck>> = {
  require: requireCall,
  'module.require': requireCall,
  'process.binding': nodeInternals,
  'process._linkedBinding': nodeInternals,
  'process.dlopen': nodeInternals,
}

/** Notes the names that an export statement exports; `*` stands for whatever another module exports. */
export function noteExports(
  node: ExportNamedDeclaration | ExportDefaultDeclaration | ExportAllDeclaration,
  { exports }: ScriptCheck,
): void {
  if (node.type === 'ExportDefaultDeclaration') exports.add('default')
  else if (node.type === 'ExportAllDeclaration') exports.add(node.exported ? exportedName(node.exported) : '*')
  else {
    for (const { exported } of node.specifiers) exports.add(exportedName(exported))
    const { declaration } = node
    if (declaration?.type === 'VariableDeclaration') {
      for (const { id } of declaration.declarations) {
        eachName(id, undefined, createScope(undefined, true), (name) => exports.add(name))
      }
    } else if (declaration) exports.add(declaration.id.name)
  }
}

function exportedName(name: Identifier | Literal): string {
  return name.type === 'Identifier' ? name.name : String(name.value)
}
