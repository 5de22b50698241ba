import type { Command, Option } from '../command.ts'

/** An option as shells complete it. */
export interface OptionWords {
  /** `--wait`, and perhaps `-w`. */
  readonly names: readonly string[]
  readonly summary: string
  readonly value: 'none' | 'any' | 'file'
  /** What the value is called. */
  readonly label: string
  readonly choices: readonly string[]
  readonly repeats: boolean
}

/** A command as shells complete it. */
export interface CommandWords {
  readonly name: string
  readonly summary: string
  readonly options: readonly OptionWords[]
  readonly argument: 'none' | 'any' | 'file'
  /** The only values of its argument. */
  readonly choices: readonly string[]
}

export interface AllWords {
  /** What stands behind `plexica`: commands of one word, and groups. */
  readonly first: readonly { readonly name: string; readonly summary: string }[]
  readonly groups: readonly string[]
  readonly commands: readonly CommandWords[]
}

const helpOption: OptionWords = {
  names: ['--help', '-h'],
  summary: 'show the help',
  value: 'none',
  label: '',
  choices: [],
  repeats: false,
}

export function completionWords(commands: readonly Command[], groups: Readonly<Record<string, string>>): AllWords {
  const first = new Map<string, string>()
  for (const { name, summary } of commands) {
    const [word = '', second] = name.split(' ')
    first.set(word, second === undefined ? summary : (groups[word] ?? ''))
  }
  first.set('help', 'Show the help of a command')
  return {
    first: [...first].map(([name, summary]) => ({ name, summary })),
    groups: Object.keys(groups),
    commands: commands.map(wordsOf),
  }
}

function wordsOf(command: Command): CommandWords {
  const [argument] = Object.entries(command.arguments)
  return {
    name: command.name,
    summary: command.summary,
    options: [...Object.values(command.options).map(optionWords), helpOption],
    argument: argument === undefined ? 'none' : fileLabels.has(argument[0]) ? 'file' : 'any',
    choices: argument?.[1].choices ?? [],
  }
}

function optionWords({ flags, kind, summary, choices = [] }: Option): OptionWords {
  const label = /<([^>]+)>/.exec(flags)?.[1] ?? ''
  return {
    names: flags.split(/[ ,]+/).filter((word) => word.startsWith('-')),
    summary,
    value: label === '' ? 'none' : fileLabels.has(label) ? 'file' : 'any',
    label,
    choices,
    repeats: kind === 'list',
  }
}

const fileLabels = new Set(['path', 'folder', 'file'])
