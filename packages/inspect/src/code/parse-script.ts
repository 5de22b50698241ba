import { Parser, type Program } from 'acorn'

declare module 'acorn' {
  // What a plugin of acorn may replace, which its types leave out.
  interface Parser {
    scopeStack: readonly unknown[]
    enterScope(flags: number): void
  }
}

/** For each name acorn and the checks look through the scopes around it. Large libraries nest some twenty of them. */
const maxScopes = 200

/** Acorn without what takes longer than the script is long. */
class ScriptParser extends Parser {
  /**
   * Acorn compares each declaration with all the others of its scope, hours for a few megabytes of nothing but
   * declarations. A name that is declared twice is of no interest here: an engine refuses such a script by itself.
   */
  declareName(): void {}
  checkLocalExport(): void {}

  override enterScope(flags: number): void {
    if (this.scopeStack.length > maxScopes) throw new RangeError(`More than ${maxScopes} scopes stand in each other`)
    super.enterScope(flags)
  }
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
  // Acorn makes a syntax error of its own when the stack is full.
  const tooDeep = error instanceof RangeError || message.startsWith('Not enough stack space')
  return { reason: message.replace(/ \(\d+:\d+\)$/, ''), at, tooDeep }
}
