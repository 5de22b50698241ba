import {
  Command as Commander,
  Argument as CommanderArgument,
  CommanderError,
  Option as CommanderOption,
  InvalidArgumentError,
} from 'commander'
import type { Argument, Command, Option, Outcome } from './command.ts'
import { commands, docsOf, groups, headingOf } from './command-list.ts'
import type { Context, World } from './context.ts'
import { type ExitCode, exitCodes } from './exit-codes.ts'
import { failure } from './failure.ts'

/** What a command line asks for: a command to run, or words to print and be done. */
export type Wish =
  | { kind: 'run'; json: boolean; run: (context: Context) => Promise<Outcome> }
  | { kind: 'words'; text: string; exit: ExitCode }

/** Reads the command line. Throws a failure for one that nobody can carry out. */
export function readCommandLine(world: World, version: string): Wish {
  let wish: Wish | undefined
  const { program, words } = buildProgram({ version, world }, (command, input) => {
    wish = {
      kind: 'run',
      json: input.json === true,
      run: async (context) => (await command.load())(input as never, context),
    }
  })
  try {
    program.parse([...world.argv], { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    if (error.exitCode === 0) return { kind: 'words', text: words.join(''), exit: exitCodes.done }
    // A group without a command, or nothing at all: commander shows the help and calls that an error.
    if (error.code === 'commander.help') return { kind: 'words', text: words.join(''), exit: exitCodes.usage }
    throw failure('usage_invalid', sentence(error.message), { fix: fixFor(program, world.argv) })
  }
  if (wish === undefined) throw new Error('commander chose no command')
  return wish
}

type Chosen = (command: Command, input: Record<string, unknown>) => void

/** A line of help is not wider than this, and not wider than the terminal. */
const helpWidth = 100

function buildProgram({ version, world }: { version: string; world: World }, chosen: Chosen) {
  const words: string[] = []
  const program = new Commander('plexica')
    .description('Build, check, publish and install plugins.')
    .version(version, '-V, --version', 'print the version of plexica')
    .helpOption('-h, --help', 'show this help')
    .addHelpCommand(
      new Commander('help')
        .argument('[command]')
        .description('Show the help of a command')
        .helpGroup(headingOf('help')),
    )
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => words.push(text),
      writeErr: (text) => words.push(text),
      outputError: () => undefined,
      getOutHelpWidth: () => Math.min(world.stdout.columns ?? helpWidth, helpWidth),
      getErrHelpWidth: () => Math.min(world.stderr.columns ?? helpWidth, helpWidth),
      // commander would open Node's streams to find out.
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
  const parents = new Map<string, Commander>()
  // To build all commands with all options takes as long as to run a short one: only the named one gets its options,
  // and the others are there for help and suggestions alone.
  const named = commands.filter(({ name }) => name.split(' ')[0] === world.argv[0])
  const bare = named.length === 0 && world.argv[0] !== 'help'
  for (const command of named.length > 0 ? named : commands) {
    const [first = '', second] = command.name.split(' ')
    if (second === undefined) add(program, first, command, chosen, bare)
    else {
      const parent =
        parents.get(first) ??
        program
          .command(first)
          .description(groups[first] ?? '')

          .helpGroup(headingOf(first))
          .helpCommand('help [command]', 'Show the help of a command')
      parents.set(first, parent)
      add(parent, second, command, chosen, bare)
    }
  }
  return { program, words }
}

function add(parent: Commander, name: string, command: Command, chosen: Chosen, bare: boolean) {
  const built = parent.command(name).description(command.summary)
  if (!command.name.includes(' ')) built.helpGroup(headingOf(name))
  for (const [key, argument] of Object.entries(command.arguments)) built.addArgument(commanderArgument(key, argument))
  if (bare) return
  for (const option of Object.values(command.options)) built.addOption(commanderOption(option))
  const examples = command.examples.map((example) => `  $ ${example}`).join('\n')
  built.addHelpText('after', `\nExamples:\n${examples}\n\nMore: ${docsOf(command.name)}`)
  const names = Object.keys(command.arguments)
  built.action((...given: unknown[]) => {
    const input: Record<string, unknown> = Object.fromEntries(names.map((key, index) => [key, given[index]]))
    chosen(command, { ...input, ...(given[names.length] as object) })
  })
}

const shapes: Record<Argument['kind'], (name: string) => string> = {
  required: (name) => `<${name}>`,
  optional: (name) => `[${name}]`,
  many: (name) => `<${name}...>`,
  any: (name) => `[${name}...]`,
}

function commanderArgument(name: string, { kind, summary, choices }: Argument): CommanderArgument {
  const argument = new CommanderArgument(shapes[kind](name), summary)
  return choices ? argument.choices(choices) : argument
}

function commanderOption({ kind, flags, summary, choices }: Option): CommanderOption {
  const option = new CommanderOption(flags, summary)
  if (choices) option.choices(choices)
  if (kind === 'number') option.argParser(parseNumber)
  if (kind === 'list') {
    option.argParser((value: string, before: string[] | undefined) => {
      if (choices && !choices.includes(value))
        throw new InvalidArgumentError(`Allowed choices are ${choices.join(', ')}.`)
      return [...(before ?? []), value]
    })
  }
  return option
}

function parseNumber(text: string): number {
  const value = Number(text)
  if (text.trim() === '' || !Number.isFinite(value) || value <= 0)
    throw new InvalidArgumentError('Write a number above 0.')
  return value
}

/** commander writes `error: unknown option '--x'` and a suggestion on the next line. It repeats what was typed, secrets too. */
function sentence(message: string): string {
  const text = message
    .replace(/^error: /, '')
    .replace(/plx_\w+/g, 'plx_…')
    .replace(/(unknown option '--[^=']*)=[^\n]*'/, "$1'")
    .replace(/\n/g, ' ')
    .trim()
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.?)]$/.test(text) ? '' : '.'}`
}

function fixFor(program: Commander, argv: readonly string[]): string {
  const path: string[] = []
  let command: Commander | undefined = program
  for (const word of argv) {
    command = command?.commands.find((child) => child.name() === word)
    if (!command) break
    path.push(word)
  }
  return `\`${['plexica', ...path, '--help'].join(' ')}\` shows what it takes.`
}
