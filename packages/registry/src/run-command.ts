import { parseArgs } from 'node:util'
import { errors } from '@plexica/api'
import {
  type Command,
  CommandFailed,
  type Option,
  type Options,
  type Terminal,
  UsageError,
  type Values,
} from './command.ts'
import { readConfig, settings } from './config.ts'
import { RegistryError } from './http/registry-error.ts'
import { startFailure } from './operations/start-failure.ts'

/** Exit codes: done, failed, and wrongly called or set. */
const exit = { done: 0, failed: 1, usage: 2 } as const

/** Runs what a command line asks for and gives the exit code. Only faults of this program are thrown. */
export async function runCommand(
  commands: Readonly<Record<string, Command>>,
  version: string,
  args: readonly string[],
  terminal: Terminal,
): Promise<number> {
  if (args[0] === '--version' || args[0] === '-v') {
    terminal.print(version)
    return exit.done
  }
  if (['help', '--help', '-h'].includes(args[0] ?? '')) {
    terminal.print(overview(commands))
    return exit.done
  }
  const name = Object.keys(commands).find((words) => words === args.slice(0, words.split(' ').length).join(' '))
  const found = name === undefined ? undefined : commands[name]
  if (name === undefined || !found) {
    const problem = args.length === 0 ? '' : `There is no command ${args.slice(0, 2).join(' ')}.\n\n`
    terminal.say(problem + overview(commands))
    return exit.usage
  }
  try {
    const values = readOptions(found.options, args.slice(name.split(' ').length))
    if (values === 'help') {
      terminal.print(helpOf(name, found))
      return exit.done
    }
    const read = readConfig(terminal.env)
    if ('problems' in read) throw new UsageError(read.problems)
    await found.run(read.config, values, terminal)
    return exit.done
  } catch (error) {
    if (error instanceof UsageError) {
      for (const problem of error.problems) terminal.say(`plexica-registry: ${problem}`)
      terminal.say(`\`plexica-registry ${name} --help\` tells more.`)
      return exit.usage
    }
    const sentence = sentenceFor(error)
    if (sentence === undefined) throw error
    terminal.say(`plexica-registry: ${sentence}`)
    return exit.failed
  }
}

function sentenceFor(error: unknown): string | undefined {
  if (error instanceof CommandFailed) return error.message
  return error instanceof RegistryError ? `${error.message} ${errors[error.code].fix}` : startFailure(error)
}

function readOptions(options: Options, args: string[]): Values<Options> | 'help' {
  const known = Object.entries(options).map(([name, { value }]) => {
    return [name, { type: value === undefined ? ('boolean' as const) : ('string' as const) }] as const
  })
  const places = Object.entries(options).filter(([, { place }]) => place !== undefined)
  let values: Record<string, unknown>
  try {
    const parsed = parseArgs({
      args,
      options: { ...Object.fromEntries(known), help: { type: 'boolean', short: 'h' } },
      allowPositionals: places.length > 0,
    })
    const surplus = parsed.positionals[places.length]
    if (surplus !== undefined) throw new Error(`Unexpected argument '${surplus}'`)
    const placed = places.flatMap(([name, { place = 0 }]) => {
      const word = parsed.positionals[place - 1]
      return word === undefined ? [] : [[name, word] as const]
    })
    values = { ...parsed.values, ...Object.fromEntries(placed) }
  } catch (error) {
    throw new UsageError([(error as Error).message])
  }
  if (values.help) return 'help'
  const missing = Object.entries(options).filter(([name, { required }]) => required && !values[name])
  if (missing.length > 0)
    throw new UsageError(missing.map(([name, option]) => `${writtenAs(name, option)} is missing: ${option.meaning}.`))
  const all = Object.entries(options).map(([name, { value }]) => [name, values[name] ?? (value ? undefined : false)])
  return Object.fromEntries(all)
}

function overview(commands: Readonly<Record<string, Command>>): string {
  return [
    'usage: plexica-registry <command> [options]',
    '',
    ...table(Object.entries(commands).map(([name, { summary }]) => [name, summary])),
    '',
    'settings, from the environment:',
    ...table(
      Object.entries(settings).map(([name, { meaning, fallback }]) => [
        name,
        `${meaning.replaceAll('`', '')}${fallback && ` (${fallback})`}`,
      ]),
    ),
  ].join('\n')
}

function helpOf(name: string, { summary, options }: Command): string {
  const rows = Object.entries(options).map(([name, option]) => [
    `${writtenAs(name, option)}${option.value === undefined || option.place ? '' : ` ${option.value}`}`,
    `${option.meaning}${option.required ? ' (required)' : ''}`,
  ])
  const placed = Object.values(options).flatMap(({ value, place }) => (place && value ? [value] : []))
  return [
    `usage: plexica-registry ${[name, ...placed, '[options]'].join(' ')}`,
    '',
    summary,
    '',
    ...table([...rows, ['-h, --help', 'Show this']]),
  ].join('\n')
}

/** How an option stands in a command line. */
function writtenAs(name: string, { value = '', place }: Option): string {
  return place === undefined ? `--${name}` : value
}

function table(rows: readonly (readonly string[])[]): string[] {
  const width = Math.max(...rows.map(([left = '']) => left.length))
  return rows.map(([left = '', right = '']) => `  ${left.padEnd(width)}  ${right}`)
}
