import type { AnyNode, BinaryExpression, CallExpression, NewExpression } from 'acorn'
import { originName } from './global-name.ts'
import type { Scope } from './scope.ts'
import type { Origin, ScriptValues } from './script-values.ts'

/** Stands in a text for what is only known at run time. */
export const unknownText = '\0'
/** Stands in an address for the host that serves the page. */
export const ownHost = 'own-host.invalid'
/** A choice of more texts than this is as good as unknown. */
export const maxAlternatives = 8
/** The beginning of an address is what counts. Also keeps a text that doubles itself from filling the memory. */
const maxText = 2_048

const unknown: readonly string[] = [unknownText]
const ownAddresses: Readonly<Record<string, string>> = {
  'location.protocol': 'https:',
  'location.host': ownHost,
  'location.hostname': ownHost,
  'location.origin': `https://${ownHost}`,
  'location.href': `https://${ownHost}/`,
  location: `https://${ownHost}/`,
  origin: `https://${ownHost}`,
  'document.baseURI': `https://${ownHost}/`,
  'document.URL': `https://${ownHost}/`,
  'import.meta.url': `https://${ownHost}/`,
}
const charCodes: ReadonlySet<string | undefined> = new Set(['String.fromCharCode', 'String.fromCodePoint'])

/** The texts that an origin can be, worked out from what is written in the script. */
export function foldTexts(values: ScriptValues, origin: Origin): readonly string[] {
  const { node, scope, keys } = origin
  const name = originName(values, origin)
  if (name !== undefined && Object.hasOwn(ownAddresses, name)) return [ownAddresses[name] ?? unknownText]
  if (keys.length > 0) {
    // The address that a URL object was made from.
    return keys.length === 1 && keys[0] === 'href' && node.type === 'NewExpression'
      ? urlTexts(values, node, scope)
      : unknown
  }
  switch (node.type) {
    case 'Literal':
      return typeof node.value === 'string' || typeof node.value === 'number' ? [String(node.value)] : unknown
    case 'TemplateLiteral': {
      let found: readonly string[] = ['']
      for (const [index, { value }] of node.quasis.entries()) {
        found = append(found, [value.cooked ?? unknownText])
        const expression = node.expressions[index]
        if (expression !== undefined) found = append(found, values.texts(expression, scope))
      }
      return found
    }
    case 'BinaryExpression':
      return node.operator === '+' ? sumTexts(values, node, scope) : unknown
    case 'NewExpression':
      return urlTexts(values, node, scope)
    case 'CallExpression':
      return resultTexts(values, node, scope)
    default:
      return unknown
  }
}

/** A long sum leans to the left and is as deep as it is long, so it is read in a loop. */
function sumTexts(values: ScriptValues, sum: BinaryExpression, scope: Scope): readonly string[] {
  const terms: AnyNode[] = []
  let rest: AnyNode = sum
  while (rest.type === 'BinaryExpression' && rest.operator === '+') {
    terms.push(rest.right)
    rest = rest.left
  }
  terms.push(rest)
  let found: readonly string[] = ['']
  for (const term of terms.reverse()) {
    if (found.every((text) => text.length > maxText)) break
    found = append(found, values.texts(term, scope))
  }
  return found
}

function urlTexts(values: ScriptValues, node: NewExpression, scope: Scope): readonly string[] {
  const called = values.name(node.callee, scope)
  const [address, base] = node.arguments
  if (address === undefined || (called !== 'URL' && called !== 'Request')) return unknown
  const own = values.texts(address, scope)
  if (called === 'Request' || base === undefined) return own
  // What starts with a scheme or with two slashes leaves the base behind.
  return own.flatMap((text) =>
    /^(?:[a-z][a-z0-9+.-]*:|[/\\]{2})/i.test(text) ? [text] : baseTexts(text, values.texts(base, scope)),
  )
}

/** The host of the base stays; an unknown address may bring another one. */
function baseTexts(address: string, bases: readonly string[]): readonly string[] {
  if (address.startsWith(unknownText)) return [...bases, unknownText]
  return bases.map((base) => (base.startsWith(`https://${ownHost}`) ? `https://${ownHost}/${address}` : base))
}

function resultTexts(values: ScriptValues, node: CallExpression, scope: Scope): readonly string[] {
  const { callee, arguments: args } = node
  const [first] = args
  const called = values.name(callee, scope)
  if (charCodes.has(called)) {
    const codes = args.slice(0, maxText).map((argument) => Number(values.text(argument, scope)))
    return codes.every((code) => code > 0 && code < 0x110000) ? [String.fromCodePoint(...codes)] : unknown
  }
  if (first !== undefined && called === 'String') return values.texts(first, scope)
  if (first !== undefined && (called === 'atob' || called === 'decodeURIComponent')) {
    return values.texts(first, scope).map((text) => decoded(called, text))
  }
  if (callee.type !== 'MemberExpression') return unknown
  switch (values.key(callee, scope)) {
    case 'toString':
      return args.length === 0 ? values.texts(callee.object, scope) : unknown
    case 'concat':
      return args.reduce(
        (before, argument) => append(before, values.texts(argument, scope)),
        values.texts(callee.object, scope),
      )
    case 'join':
      return joinTexts(values, callee.object, first, scope)
    default:
      return unknown
  }
}

function joinTexts(values: ScriptValues, list: AnyNode, glue: AnyNode | undefined, scope: Scope): readonly string[] {
  const between = glue === undefined ? ',' : values.text(glue, scope)
  const [origin] = values.origins(list, scope)
  if (between === undefined || origin?.node.type !== 'ArrayExpression' || origin.keys.length > 0) return unknown
  let found: readonly string[] = ['']
  for (const [index, element] of origin.node.elements.entries()) {
    if (found.every((text) => text.length > maxText)) break
    if (element === null) return unknown
    found = append(index === 0 ? found : append(found, [between]), values.texts(element, origin.scope))
  }
  return found
}

/** Every text with every continuation, as long as these are few. */
function append(before: readonly string[], after: readonly string[]): readonly string[] {
  const next = before.length * after.length > maxAlternatives ? unknown : after
  return before.flatMap((text) => (text.length > maxText ? [text] : next.map((part) => cut(text + part))))
}

function cut(text: string): string {
  return text.length > maxText ? text.slice(0, maxText) + unknownText : text
}

function decoded(decoder: 'atob' | 'decodeURIComponent', text: string): string {
  if (text.includes(unknownText)) return unknownText
  try {
    return decoder === 'atob' ? atob(text) : decodeURIComponent(text)
  } catch {
    return unknownText
  }
}
