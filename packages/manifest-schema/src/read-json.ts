import {
  createScanner,
  type Node,
  type ParseError,
  parseTree,
  printParseErrorCode,
  type SyntaxKind,
} from 'jsonc-parser'
import type { DocumentCode } from './document-rules.ts'
import type { Finding, FindingMaker } from './finding.ts'
import { type JsonPath, pathText, shorten } from './json-path.ts'
import { limits } from './limits.ts'

/** A parsed JSON file that still knows where everything stood. */
export interface JsonDocument {
  readonly value: unknown
  /** Line of a key or a value, from 1; of the nearest thing around it when it is not there. */
  line(path: JsonPath, of?: 'key' | 'value'): number
  /** What is written at a path, on one line and shortened. */
  excerpt(path: JsonPath): string
  /** Paths (as `pathText`) that have a finding already and were changed by it: nothing more should be said of them. */
  readonly reported: ReadonlySet<string>
}

/** The declared enumeration of the scanner has no values at run time when types are stripped. */
const token = {
  openBrace: 1,
  closeBrace: 2,
  openBracket: 3,
  closeBracket: 4,
  comma: 5,
  lineComment: 12,
  blockComment: 13,
  lineBreak: 14,
  space: 15,
  end: 17,
} as const satisfies Record<string, SyntaxKind>

/** Control characters but line ends and tabs, zero-width marks, characters that reorder text, half surrogate pairs. */
const hidden = /[^\P{Cc}\n\r\t]|[\u200b\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]|\p{Cs}/u

/**
 * Reads strict JSON. Never throws; with a finding that makes the value doubtful as a whole (size, depth, syntax) there
 * is no document. Comments, trailing commas and doubled keys are findings, but the document can still be looked at.
 */
export function readJson(
  text: string,
  finding: FindingMaker<DocumentCode>,
): { document?: JsonDocument; findings: Finding[] } {
  const bytes = text.length > limits.manifestBytes.max ? text.length : new TextEncoder().encode(text).length
  if (bytes > limits.manifestBytes.max) {
    const message = `The file has ${bytes} bytes or more; at most ${limits.manifestBytes.max} are allowed.`
    return { findings: [finding('too-large', message)] }
  }
  const findings: Finding[] = []
  if (text.startsWith('\ufeff')) {
    findings.push(finding('byte-order-mark', 'The file starts with a byte order mark.', { line: 1 }))
    text = ` ${text.slice(1)}`
  }
  const lineAt = lineFinder(text)

  const tokens = checkTokens(text)
  for (const offset of tokens.comments) {
    findings.push(
      finding('comment', `${shorten(text.slice(offset, offset + 40))} is a comment.`, { line: lineAt(offset) }),
    )
  }
  for (const offset of tokens.trailingCommas) {
    findings.push(finding('trailing-comma', 'The last entry has a comma after it.', { line: lineAt(offset) }))
  }
  if (tokens.tooDeepAt !== undefined) {
    const message = `Objects and lists stand in each other more than ${limits.manifestDepth.max} levels deep.`
    return { findings: [...findings, finding('too-deep', message, { line: lineAt(tokens.tooDeepAt) })] }
  }

  const errors: ParseError[] = []
  const root = parseTree(text, errors, { allowTrailingComma: true })
  const [error] = errors
  if (error !== undefined || root === undefined) {
    const offset = error?.offset ?? 0
    return { findings: [...findings, finding('not-json', syntaxMessage(text, error), { line: lineAt(offset) })] }
  }

  const reported = new Set<string>()
  const value = readNode(root, [], { finding, findings, lineAt, reported })
  const document: JsonDocument = {
    value,
    reported,
    line: (path, of = 'value') => lineAt(locate(root, path, of).offset),
    excerpt: (path) => {
      const { offset, length } = locate(root, path, 'value')
      return shorten(text.slice(offset, offset + Math.min(length, 1_000)))
    },
  }
  return { document, findings }
}

/** One pass over the tokens, without recursion: the parser behind it recurses once for each level. */
function checkTokens(text: string) {
  const comments: number[] = []
  const trailingCommas: number[] = []
  const scanner = createScanner(text)
  let depth = 0
  let commaAt: number | undefined
  for (let kind: number = scanner.scan(); kind !== token.end; kind = scanner.scan()) {
    const offset = scanner.getTokenOffset()
    if (kind === token.lineComment || kind === token.blockComment) comments.push(offset)
    if (kind >= token.lineComment && kind <= token.space) continue
    if (kind === token.openBrace || kind === token.openBracket) depth++
    if (kind === token.closeBrace || kind === token.closeBracket) {
      depth--
      if (commaAt !== undefined) trailingCommas.push(commaAt)
    }
    if (depth > limits.manifestDepth.max) return { comments, trailingCommas, tooDeepAt: offset }
    commaAt = kind === token.comma ? offset : undefined
  }
  return { comments, trailingCommas }
}

interface Walk {
  finding: FindingMaker<DocumentCode>
  findings: Finding[]
  lineAt: (offset: number) => number
  reported: Set<string>
}

/** What `JSON.parse` would give, but for keys named `__proto__` and texts that are too long. */
function readNode(node: Node, path: JsonPath, walk: Walk): unknown {
  if (node.type === 'array') return (node.children ?? []).map((child, index) => readNode(child, [...path, index], walk))
  if (node.type === 'object') return readObject(node, path, walk)
  return node.type === 'string' ? readText(node, path, walk) : node.value
}

function readObject(node: Node, path: JsonPath, walk: Walk): Record<string, unknown> {
  const object: Record<string, unknown> = {}
  const lines = new Map<string, number>()
  for (const property of node.children ?? []) {
    const [keyNode, valueNode] = property.children ?? []
    if (keyNode === undefined || valueNode === undefined) continue
    const key: string = keyNode.value
    const line = walk.lineAt(keyNode.offset)
    const earlier = lines.get(key)
    lines.set(key, line)
    const name = pathText([...path, key])
    if (earlier !== undefined) {
      const message = `${name} stands twice: first on line ${earlier}, again on line ${line}.`
      walk.findings.push(walk.finding('duplicate-key', message, { line }))
    }
    if (key === '__proto__') {
      walk.findings.push(walk.finding('unknown-key', `${name} is not a possible key.`, { line }))
      continue
    }
    if (hidden.test(key)) {
      walk.reported.add(name)
      walk.findings.push(walk.finding('hidden-character', `The key ${name} has a hidden character.`, { line }))
    }
    object[key] = readNode(valueNode, [...path, key], walk)
  }
  return object
}

function readText(node: Node, path: JsonPath, walk: Walk): string {
  const text: string = node.value
  const place = { line: walk.lineAt(node.offset) }
  const name = pathText(path) || 'The text'
  if (text.length > limits.textCharacters.max) {
    walk.reported.add(pathText(path))
    const message = `${name} has ${text.length} characters; at most ${limits.textCharacters.max} are allowed.`
    walk.findings.push(walk.finding('text-too-long', message, place))
    return text.slice(0, limits.textCharacters.max)
  }
  const match = hidden.exec(text)
  if (match !== null) {
    walk.reported.add(pathText(path))
    const codePoint = (match[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')
    walk.findings.push(walk.finding('hidden-character', `${name} has the hidden character U+${codePoint}.`, place))
  }
  return text
}

/** The node at a path, or the nearest around it. Of doubled keys, the last, whose value counts. */
function locate(root: Node, path: JsonPath, of: 'key' | 'value'): Node {
  let node = root
  for (const [index, step] of path.entries()) {
    const children = node.children ?? []
    if (node.type === 'array') {
      const item = children[Number(step)]
      if (item === undefined) return node
      node = item
      continue
    }
    const property = children.findLast((child) => child.children?.[0]?.value === step)
    const [keyNode, valueNode] = property?.children ?? []
    if (keyNode === undefined || valueNode === undefined) return node
    if (of === 'key' && index === path.length - 1) return keyNode
    node = valueNode
  }
  return node
}

/** The parser's names for what it found; `#` stands for the text at that place. */
const syntaxWords: Readonly<Record<string, string>> = {
  InvalidSymbol: '# is neither a value nor a text in double quotes',
  InvalidNumberFormat: '# is not a number',
  PropertyNameExpected: '# stands where a key in double quotes is expected',
  ValueExpected: '# stands where a value is expected',
  ColonExpected: 'A `:` is missing before #',
  CommaExpected: 'A `,` is missing before #',
  CloseBraceExpected: 'A `}` is missing before #',
  CloseBracketExpected: 'A `]` is missing before #',
  EndOfFileExpected: '# stands after the end of the JSON value',
  UnexpectedEndOfComment: '# is a comment without an end',
  UnexpectedEndOfString: '# is a text without a closing `"`',
  UnexpectedEndOfNumber: '# is a number without an end',
  InvalidUnicode: '# has an escape that is not `\\u` and four hex digits',
  InvalidEscapeCharacter: '# has a `\\` before a character that cannot be escaped',
  InvalidCharacter: '# has a line end or control character that must be escaped',
}

function syntaxMessage(text: string, error: ParseError | undefined): string {
  if (error === undefined || text.trim() === '') return 'The file is empty.'
  const written = shorten(text.slice(error.offset, error.offset + Math.max(1, error.length)), 40).trim()
  const template = syntaxWords[printParseErrorCode(error.error)] ?? '# is not JSON'
  const message = template.replace('#', () => written || 'the end of the file')
  return `${message.charAt(0).toUpperCase()}${message.slice(1)}.`
}

/** Lines end with `\n`, `\r\n` or `\r`. */
function lineFinder(text: string): (offset: number) => number {
  const starts = [0]
  for (const match of text.matchAll(/\r\n|\n|\r/g)) starts.push(match.index + match[0].length)
  return (offset) => {
    let low = 0
    let high = starts.length
    while (low + 1 < high) {
      const middle = (low + high) >> 1
      if ((starts[middle] ?? 0) <= offset) low = middle
      else high = middle
    }
    return low + 1
  }
}
