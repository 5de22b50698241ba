import type { Context } from './context.ts'
import type { ExitCode } from './exit-codes.ts'

/** One option as data. `flags` is what people type: `-w, --wait` or `--timeout <seconds>`. */
export interface Option<Kind extends OptionKind = OptionKind> {
  readonly kind: Kind
  readonly flags: string
  readonly summary: string
  /** For `text` and `list`: the only values that are taken. */
  readonly choices?: readonly string[]
}
type OptionKind = 'flag' | 'text' | 'list' | 'number'

/** What stands behind the command's name: one value, perhaps none, one or more, or any number. */
export interface Argument<Kind extends ArgumentKind = ArgumentKind> {
  readonly kind: Kind
  readonly summary: string
  /** The only values that are taken. */
  readonly choices?: readonly string[]
}
type ArgumentKind = 'required' | 'optional' | 'many' | 'any'

export const flag = (flags: string, summary: string): Option<'flag'> => ({ kind: 'flag', flags, summary })
export const text = (flags: string, summary: string, choices?: readonly string[]): Option<'text'> => ({
  kind: 'text',
  flags,
  summary,
  ...(choices ? { choices } : {}),
})
/** May be given several times. */
export const list = (flags: string, summary: string, choices?: readonly string[]): Option<'list'> => ({
  kind: 'list',
  flags,
  summary,
  ...(choices ? { choices } : {}),
})
/** A positive number. */
export const number = (flags: string, summary: string): Option<'number'> => ({ kind: 'number', flags, summary })

export const required = (summary: string, choices?: readonly string[]): Argument<'required'> => ({
  kind: 'required',
  summary,
  ...(choices ? { choices } : {}),
})
export const optional = (summary: string): Argument<'optional'> => ({ kind: 'optional', summary })
export const many = (summary: string): Argument<'many'> => ({ kind: 'many', summary })
export const any = (summary: string): Argument<'any'> => ({ kind: 'any', summary })

export type OptionTable = Readonly<Record<string, Option>>
export type ArgumentTable = Readonly<Record<string, Argument>>

/** What a command's code gets: the arguments and options under the names of their tables. No option has a default. */
export type InputOf<Form extends { arguments?: ArgumentTable; options?: OptionTable }> = {
  readonly [Name in keyof NonNullable<Form['arguments']>]: ArgumentValue<NonNullable<Form['arguments']>[Name]>
} & {
  readonly [Name in keyof NonNullable<Form['options']>]: OptionValue<NonNullable<Form['options']>[Name]>
}
type ArgumentValue<A> =
  A extends Argument<'many' | 'any'> ? readonly string[] : A extends Argument<'required'> ? string : string | undefined
type OptionValue<O> =
  O extends Option<'flag'>
    ? true | undefined
    : O extends Option<'list'>
      ? readonly string[] | undefined
      : O extends Option<'number'>
        ? number | undefined
        : string | undefined

/** The end of a run. `answer` is what `--json` prints; people have read the same from the console by then. */
export interface Outcome {
  answer: object
  /** Done unless told. */
  exit?: ExitCode
}

type Run<Input> = (input: Input, context: Context) => Promise<Outcome>

/** A command as data. Its code is imported when it runs and not before. */
export interface Command {
  /** `publish`, or two words for a command in a group: `review approve`. */
  readonly name: string
  readonly summary: string
  /** Command lines that people may copy. */
  readonly examples: readonly string[]
  readonly arguments: ArgumentTable
  readonly options: OptionTable
  readonly load: () => Promise<Run<never>>
}

export function defineCommand<const Form extends { arguments: ArgumentTable; options: OptionTable }>(
  command: Omit<Command, 'load' | 'arguments' | 'options'> & {
    form: Form
    load: () => Promise<Run<InputOf<Form>>>
  },
): Command {
  const { form, ...rest } = command
  return { ...rest, arguments: form.arguments, options: form.options }
}
