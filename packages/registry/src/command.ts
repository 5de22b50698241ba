import type { Config } from './config.ts'

/** What a command may touch of the process. */
export interface Terminal {
  readonly env: Readonly<Record<string, string | undefined>>
  /** Results, on stdout. */
  print(text: string): void
  /** Words for people, on stderr. */
  say(text: string): void
  /** Whether somebody reads the words on a terminal. */
  readonly watched: boolean
}

export interface Option {
  /** Name of the option's value in the help text; without it the option is a flag. */
  readonly value?: string
  readonly required?: true
  /** Which word of the command line it is, from 1, when it is written without its name. */
  readonly place?: number
  readonly meaning: string
}
export type Options = Readonly<Record<string, Option>>

/** What was given for the options. */
export type Values<Row extends Options> = {
  readonly [Name in keyof Row]: Row[Name] extends { value: string }
    ? Row[Name] extends { required: true }
      ? string
      : string | undefined
    : boolean
}

/** One command: its options as data, and what it does with their values. */
export interface Command {
  readonly summary: string
  readonly options: Options
  run(config: Config, values: Values<Options>, terminal: Terminal): Promise<void>
}

/** Types the values that a command gets by its options. */
export function command<const Row extends Options>(row: {
  summary: string
  options: Row
  run(config: Config, values: Values<Row>, terminal: Terminal): Promise<void>
}): Command {
  return row as unknown as Command
}

/** A command that could not do all it was asked to; the message says what, in words for who typed it. */
export class CommandFailed extends Error {
  override readonly name = 'CommandFailed'
}

/** A command line that cannot be carried out, with every problem. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(problems.join('\n'))
    this.problems = problems
  }
}
