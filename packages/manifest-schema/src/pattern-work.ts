import type { Root, Token } from 'ret'
import { tokenizer } from 'ret/dist/tokenizer.js'
import { types } from 'ret/dist/types/types.js'
import { limits } from './limits.ts'
import { shorten } from './visible-text.ts'

const longestPattern = 200
/** With its fixed repetitions written out: `(a{9}){9}` is 81. */
const longestWrittenOut = 2_000

/**
 * Why a regular expression of a manifest cannot be run on the texts that tenants type in; undefined when it can.
 *
 * JavaScript's engine tries one way to match after the other. `ways` counts them from above: a list of alternatives adds
 * up, a sequence multiplies, a repetition of what can match in w ways, up to n times, is w to the n. What passes is
 * therefore quick on every text of up to `maxLength` characters, which has to be checked before the pattern is.
 */
export function patternProblem(pattern: string, maxLength: number = limits.textCharacters.max): string | undefined {
  if (pattern.length > longestPattern) return `has ${pattern.length} characters; at most ${longestPattern} are allowed`
  try {
    new RegExp(pattern, 'u')
  } catch (error) {
    const reason = error instanceof Error ? error.message.slice(error.message.lastIndexOf(': ') + 2) : String(error)
    return `is not a regular expression of JavaScript with the flag u (${shorten(reason)})`
  }
  let root: Root
  try {
    root = tokenizer(pattern)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return 'has a construct whose cost cannot be told, such as a look-behind'
  }
  if (writtenOut(root) > longestWrittenOut)
    return `is longer than ${longestWrittenOut} when its repetitions are written out`
  const starts = alternativesOf(root).every((tokens) => isStart(tokens[0])) ? 1 : maxLength + 1
  if (starts * waysOfAll(alternativesOf(root), maxLength) <= limits.patternSteps.max) return undefined
  return `can take more than ${limits.patternSteps.max} steps on a text of ${maxLength} characters`
}

function alternativesOf({ options, stack }: { options?: Token[][]; stack?: Token[] }): Token[][] {
  return options ?? [stack ?? []]
}

function waysOfAll(alternatives: Token[][], length: number): number {
  return alternatives.reduce(
    (sum, tokens) => sum + tokens.reduce((product, token) => product * ways(token, length), 1),
    0,
  )
}

function ways(token: Token, length: number): number {
  if (token.type === types.GROUP) return waysOfAll(alternativesOf(token), length)
  if (token.type !== types.REPETITION) return 1
  const times = Math.min(token.max, length)
  const inner = ways(token.value, length)
  // The sum of inner^k over all allowed k is less than twice its last term when inner is 2 or more.
  return inner <= 1 ? Math.max(1, times - token.min + 1) : 2 * inner ** times
}

function writtenOut(token: Root | Token): number {
  if (token.type === types.REPETITION) return Math.max(1, token.min) * writtenOut(token.value)
  if (token.type !== types.GROUP && token.type !== types.ROOT) return 1
  return alternativesOf(token)
    .flat()
    .reduce((sum, inner) => sum + writtenOut(inner), 1)
}

function isStart(token: Token | undefined): boolean {
  return token?.type === types.POSITION && token.value === '^'
}
