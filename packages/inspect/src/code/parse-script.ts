import { Parser, type Program } from 'acorn'

/**
 * Acorn without its check for names declared twice, which compares each declaration with all the others of its scope:
 * a script of a few megabytes made of nothing but declarations would take hours. Whether a name is declared twice is
 * of no interest here; an engine refuses such a script by itself.
 */
class ScriptParser extends Parser {
  declareName(): void {}
  checkLocalExport(): void {}
}

export interface ParseFailure {
  reason: string
  /** Offset in the source, when the parser could tell. */
  at: number | undefined
  /** The nesting was deeper than the stack. */
  tooDeep: boolean
}

/** Parses an ECMAScript module of the newest edition. Never throws. */
export function parseScript(source: string): Program | ParseFailure {
  try {
    return ScriptParser.parse(source, { ecmaVersion: 'latest', sourceType: 'module' })
  } catch (error) {
    return parseFailure(error)
  }
}

/** What an error of the parser, or of a walk over what it made, means. */
export function parseFailure(error: unknown): ParseFailure {
  const message = error instanceof Error ? error.message : String(error)
  const at = error instanceof SyntaxError && 'pos' in error && typeof error.pos === 'number' ? error.pos : undefined
  // Acorn ends its messages with the place, which a finding states by itself.
  return { reason: message.replace(/ \(\d+:\d+\)$/, ''), at, tooDeep: error instanceof RangeError }
}
