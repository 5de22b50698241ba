import { forms } from '@plexica/manifest-schema/validate'
import type { AnyNode } from 'acorn'
import { contactedHost, isIpAddress, isLoopback, isStandIn } from './host-name.ts'
import { propertyOf } from './object-property.ts'
import type { Scope } from './scope.ts'
import type { AssignmentSite, CallCheck, CallSite, ScriptCheck } from './script-check.ts'

const permission = new RegExp(forms.permission.pattern)
const longestPermission = 100
const absolute = /^\s*(?:https?:|wss?:|[/\\]{2})/i
/** Names of XML vocabularies, which nobody contacts. */
const namespace = /^https?:\/\/www\.w3\.org\/(?:\d|XML|ns)/i
const requestMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])
const addressOptions: ReadonlySet<string> = new Set(['baseURL', 'baseUrl', 'prefixUrl'])
/** Attributes from which a browser loads, or to which it sends, by element. */
const loadingAttributes: Readonly<Record<string, readonly string[]>> = {
  audio: ['src'],
  embed: ['src'],
  form: ['action'],
  iframe: ['src'],
  image: ['href'],
  img: ['src', 'srcSet'],
  input: ['src'],
  link: ['href'],
  object: ['data'],
  script: ['src'],
  source: ['src', 'srcSet'],
  track: ['src'],
  use: ['href'],
  video: ['src', 'poster'],
}

/** Notes the hosts that an address can mean, and says so when that cannot be told. */
function contact(
  address: AnyNode | undefined,
  { node, scope }: Pick<CallSite, 'node' | 'scope'>,
  check: ScriptCheck,
): void {
  if (address === undefined) return
  for (const text of check.values.texts(address, scope)) {
    const { host, uncertain } = contactedHost(text)
    if (host !== undefined) noteHost(host, node, check)
    if (uncertain) check.report('code-unknown-host', 'The address is only known at run time', node)
  }
}

/** Notes the hosts of whole addresses; anything else is no address, or none that is contacted here. */
function noteAddress(address: AnyNode | undefined, node: AnyNode, scope: Scope, check: ScriptCheck): void {
  if (address === undefined) return
  for (const text of check.values.texts(address, scope)) {
    const host = writtenHost(text)
    if (host !== undefined) noteHost(host, node, check)
  }
}

function writtenHost(text: string): string | undefined {
  return absolute.test(text) && !namespace.test(text) ? contactedHost(text).host : undefined
}

function noteHost(host: string, node: AnyNode, { hosts, report }: ScriptCheck): void {
  hosts.add(host)
  if (isIpAddress(host) && !isLoopback(host))
    report('code-ip-host', `The host ${host} is contacted by its number`, node)
}

const contactsFirst: CallCheck = (site, check) => contact(site.args[0], site, check)
const notesFirst: CallCheck = ({ args, node, scope }, check) => noteAddress(args[0], node, scope, check)

/** Parsing an address is not contacting it, but whoever writes one out means to. */
const urlObject: CallCheck = ({ args, node, scope }, check) => {
  for (const argument of args.slice(0, 2)) {
    for (const text of check.values.texts(argument, scope)) {
      const host = writtenHost(text)
      if (host !== undefined && !isStandIn(host)) noteHost(host, node, check)
    }
  }
}

/** `get(address)`, `get(address, options)`, `get({ hostname })` and `connect(port, host)` of Node's network modules. */
const nodeRequest: CallCheck = (site, check) => {
  const [first, second] = site.args
  contact(first?.type === 'ObjectExpression' ? undefined : first, site, check)
  for (const named of [propertyOf(first, 'hostname'), propertyOf(first, 'host'), second]) {
    const name = named === undefined ? undefined : check.values.text(named, site.scope)
    const host = name === undefined ? undefined : contactedHost(`https://${name}`).host
    if (host !== undefined) noteHost(host, site.node, check)
  }
}

const requestCall: CallCheck = (site, check) => {
  notesFirst(site, check)
  const [first] = site.args
  for (const text of first === undefined ? [] : check.values.texts(first, site.scope)) {
    if (text.length <= longestPermission && permission.test(text)) check.permissions.add(text)
  }
  notesOption(site, check)
}

const notesOption: CallCheck = ({ args, node, scope }, check) => {
  for (const argument of args) noteAddress(propertyOf(argument, 'url'), node, scope, check)
}

export const networkCallsByName: Readonly<Record<string, CallCheck>> = {
  fetch: contactsFirst,
  Request: contactsFirst,
  WebSocket: contactsFirst,
  WebTransport: contactsFirst,
  EventSource: contactsFirst,
  'navigator.sendBeacon': contactsFirst,
  importScripts: contactsFirst,
  Worker: notesFirst,
  SharedWorker: notesFirst,
  URL: urlObject,
  axios: (site, check) => {
    notesFirst(site, check)
    notesOption(site, check)
  },
  ...Object.fromEntries(
    ['http', 'https', 'http2', 'net', 'tls'].flatMap((module) =>
      ['get', 'request', 'connect', 'createConnection'].flatMap((method) => [
        [`import(${module}).${method}`, nodeRequest],
        [`import(${module}).default.${method}`, nodeRequest],
      ]),
    ),
  ),
}

export const networkCallsByMethod: Readonly<Record<string, CallCheck>> = {
  ...Object.fromEntries(['get', 'post', 'put', 'patch', 'delete', 'head', 'getJSON'].map((name) => [name, notesFirst])),
  // A `fetch` that is handed in, as a platform does to count or to cancel requests.
  fetch: notesFirst,
  ajax: requestCall,
  request: requestCall,
  /** `XMLHttpRequest.open(method, address)` */
  open: (site, check) => {
    const [first, address] = site.args
    const method = first === undefined ? undefined : check.values.text(first, site.scope)
    if (method !== undefined && requestMethods.has(method.toUpperCase())) contact(address, site, check)
  },
  setAttribute: ({ args: [first, value], node, scope }, check) => {
    const attribute = first === undefined ? undefined : check.values.text(first, scope)?.toLowerCase()
    if (attribute === 'src' || attribute === 'poster' || attribute === 'data') noteAddress(value, node, scope, check)
  },
}

/** Of every call: options with a base address, and elements that are made with an address to load from. */
export function checkArguments({ args, node, scope }: CallSite, check: ScriptCheck): void {
  const [first, second] = args
  for (const argument of args) {
    if (argument.type !== 'ObjectExpression') continue
    for (const property of argument.properties) {
      if (property.type !== 'Property' || property.key.type !== 'Identifier') continue
      if (addressOptions.has(property.key.name)) noteAddress(property.value, node, scope, check)
    }
  }
  if (first?.type !== 'Literal' || second?.type !== 'ObjectExpression') return
  const attributes = Object.hasOwn(loadingAttributes, String(first.value)) ? loadingAttributes[String(first.value)] : []
  for (const attribute of attributes ?? []) noteAddress(propertyOf(second, attribute), node, scope, check)
}

/** `image.src = address`, `link.href = address` */
export function checkAddressAssignment({ node, scope, target, key, value }: AssignmentSite, check: ScriptCheck): void {
  const loads =
    key === 'src' || key === 'poster' || (key === 'href' && check.values.name(target.object, scope) === 'element(link)')
  if (loads) noteAddress(value, node, scope, check)
}
