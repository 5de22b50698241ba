import type { AnyNode, ArrayExpression, CallExpression, Literal } from 'acorn'

/** What a script was seen to have that no minifier writes. */
export interface ObfuscationSigns {
  /** From `errorScore` on nobody can review the script; from `warningScore` on somebody should look. */
  score: number
  signs: string[]
}

export const obfuscationScore = { warning: 2, error: 4 } as const

export interface ObfuscationMeter {
  /** Looks at one node of the one walk over the script. */
  see(node: AnyNode): void
  /** @param runsText whether the script was seen to run text as code */
  signs(runsText: boolean): ObfuscationSigns
}

const invisible = /\p{DI}/u
/** An emoji has one or two of them, a hidden payload one for each of its bytes. */
const invisibleRun = /\p{DI}{16}/u
const notAscii = /[^\0-\x7f]/
/** `\x48` and `\u0048` for a character that needs no escape. */
const needlessEscape = /\\(?:x[2-7][0-9a-f]|u00[2-7][0-9a-f])/gi
const flattenedOrder = /^\d+(?:\|\d+){2,}$/
const encodedText = /^[A-Za-z0-9+/=_-]+$/
const hugeText = 100_000
const payloadText = 1_000

/**
 * Adds up signs of obfuscation. Each sign alone has innocent uses; together, or in masses, they have none. Names
 * like `_0x3f2a` and escapes disappear when a bundler minifies the obfuscated code, the rotated table of texts, the
 * flattened order and the arithmetic on empty arrays stay.
 */
export function createObfuscationMeter(reportInvisible: (node: AnyNode, what: string) => void): ObfuscationMeter {
  const hexNames = new Set<string>()
  let hexNumbers = 0
  let numbers = 0
  let escapes = 0
  let texts = 0
  let rotations = 0
  let longestTable = 0
  let flattened = 0
  let coercions = 0
  let longestText = 0
  let payloads = 0
  let decodes = false

  function seeName(node: AnyNode, name: string): void {
    if (name === 'atob') decodes = true
    if (/^_0x[0-9a-f]+$/i.test(name)) hexNames.add(name)
    if (notAscii.test(name) && invisible.test(name)) reportInvisible(node, 'A name has invisible characters')
  }

  function seeText(node: Literal, text: string): void {
    texts++
    const { length } = text
    const raw = node.raw ?? ''
    if (raw.length > length + 4) escapes += raw.match(needlessEscape)?.length ?? 0
    if (length < 16) return
    if (notAscii.test(text) && invisibleRun.test(text))
      reportInvisible(node, 'A text has many invisible characters in a row')
    if (length > longestText && !/^data:/i.test(text.slice(0, 5))) longestText = length
    if (length >= payloadText && encodedText.test(text)) payloads++
  }

  return {
    see(node) {
      switch (node.type) {
        case 'Identifier':
          seeName(node, node.name)
          break
        case 'MemberExpression':
        case 'Property':
        case 'MethodDefinition':
        case 'PropertyDefinition': {
          const key = node.type === 'MemberExpression' ? node.property : node.key
          if (!node.computed && key.type === 'Identifier') seeName(key, key.name)
          break
        }
        case 'Literal':
          if (typeof node.value === 'string') seeText(node, node.value)
          else if (typeof node.value === 'number') {
            numbers++
            if (/^0x/i.test(node.raw ?? '')) hexNumbers++
          }
          break
        case 'ArrayExpression':
          longestTable = Math.max(longestTable, textsIn(node))
          break
        case 'CallExpression':
          if (isRotation(node)) rotations++
          if (splitsOrder(node)) flattened++
          break
        case 'UnaryExpression': {
          const onEmpty = node.argument.type === 'ArrayExpression' && node.argument.elements.length === 0
          if (onEmpty && (node.operator === '!' || node.operator === '+')) coercions++
          break
        }
      }
    },

    signs(runsText) {
      const found: [number, string][] = [
        [hexNames.size >= 12 ? 4 : hexNames.size >= 4 ? 2 : 0, `${hexNames.size} names like _0x3f2a`],
        [escapes >= 200 && escapes > texts ? 3 : escapes >= 60 ? 1 : 0, `${escapes} escapes of plain characters`],
        [
          rotations >= 2 && longestTable >= 5 ? 4 : rotations * Math.sign(longestTable),
          'a table of texts that is rotated',
        ],
        [flattened > 0 ? 2 + Math.min(flattened - 1, 2) : 0, `${flattened} flattened functions`],
        [coercions >= 40 ? 4 : 0, `${coercions} sums of empty arrays`],
        [hexNumbers >= 100 && hexNumbers * 2 > numbers ? 1 : 0, `${hexNumbers} numbers in hexadecimal`],
        [longestText >= hugeText ? 2 : 0, `a text of ${longestText} characters`],
        [runsText && decodes && payloads > 0 ? 3 : 0, 'long encoded texts beside code that runs text'],
      ]
      const real = found.filter(([points]) => points > 0)
      return { score: real.reduce((sum, [points]) => sum + points, 0), signs: real.map(([, sign]) => sign) }
    },
  }
}

function textsIn({ elements }: ArrayExpression): number {
  let count = 0
  for (const element of elements) if (element?.type === 'Literal' && typeof element.value === 'string') count++
  return count === elements.length ? count : 0
}

/** `list.push(list.shift())`, also as `list['push'](list['shift']())` */
function isRotation({ callee, arguments: [first] }: CallExpression): boolean {
  const pushed = methodCall(callee, 'push')
  if (pushed === undefined || first?.type !== 'CallExpression') return false
  return methodCall(first.callee, 'shift') === pushed
}

/** The name of the variable whose method is called. */
function methodCall(callee: AnyNode, method: string): string | undefined {
  if (callee.type !== 'MemberExpression' || callee.object.type !== 'Identifier') return undefined
  const { property } = callee
  const name = property.type === 'Literal' ? property.value : property.type === 'Identifier' ? property.name : undefined
  return name === method ? callee.object.name : undefined
}

/** `'3|0|4|1'.split('|')`: the order in which a flattened function runs its statements. */
function splitsOrder({ callee, arguments: [first] }: CallExpression): boolean {
  if (first?.type !== 'Literal' || first.value !== '|' || callee.type !== 'MemberExpression') return false
  const { object } = callee
  return object.type === 'Literal' && typeof object.value === 'string' && flattenedOrder.test(object.value)
}
