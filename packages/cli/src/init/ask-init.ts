import { userInfo } from 'node:os'
import { basename, resolve } from 'node:path'
import { pluginIdPattern } from '@plexica/manifest-schema/validate'
import { canAsk } from '../can-ask.ts'
import { type InitInput, templateNames } from '../commands/init.ts'
import type { Context } from '../context.ts'
import { failure } from '../failure.ts'
import { idWords } from './id-words.ts'

/** What a new plugin is made from. */
export interface NewPlugin {
  id: string
  name: string
  template: string
  author: string
}

/** The options, and on a terminal the answers to what they leave open. */
export async function askInit(input: InitInput, context: Context): Promise<NewPlugin> {
  const interactive = canAsk(context)
  const folderName = basename(resolve(context.cwd, input.folder ?? ''))
  const suggested = input.folder !== undefined && isPluginId(folderName) ? folderName : undefined
  const id = input.id ?? (interactive ? await ask('id', 'Id of the plugin', suggested, idProblem) : suggested)
  if (id === undefined)
    throw failure('answer_missing', 'Which id shall the plugin have?', { fix: 'Give it with --id.' })
  const problem = idProblem(id)
  if (problem) throw failure('usage_invalid', problem, { fix: 'Write an id such as sales-chart.' })
  const template = input.template ?? (interactive ? await askTemplate() : undefined)
  if (template === undefined) {
    throw failure('answer_missing', 'Which template?', { fix: `Give it with --template: ${templateNames.join(', ')}.` })
  }
  const made = titleOf(id)
  const name = input.name ?? (interactive ? await ask('name', 'Name that people read', made, nameProblem) : made)
  const wrong = nameProblem(name)
  if (wrong) throw failure('usage_invalid', wrong, { fix: 'Give a shorter --name.' })
  return { id, name, template, author: input.author ?? accountName() }
}

function isPluginId(text: string): boolean {
  return new RegExp(pluginIdPattern).test(text)
}

function idProblem(text: string): string | undefined {
  return isPluginId(text) ? undefined : 'An id has 2 to 63 small letters, digits and dashes, and starts with a letter.'
}

function nameProblem(text: string): string | undefined {
  return text.trim() !== '' && text.length <= 60 ? undefined : 'A name has 1 to 60 characters.'
}

function titleOf(id: string): string {
  return idWords(id).join(' ').slice(0, 60)
}

function accountName(): string {
  try {
    return userInfo().username
  } catch {
    // An account without an entry in the system's list, as in some containers.
    return 'Unknown author'
  }
}

async function ask(
  name: string,
  message: string,
  suggestion: string | undefined,
  problem: (text: string) => string | undefined,
): Promise<string> {
  const { default: inquirer } = await import('inquirer')
  const fallback = suggestion === undefined ? {} : { default: suggestion }
  const validate = (text: string) => problem(text) ?? true
  const answers = await inquirer.prompt<Record<string, string>>([
    { type: 'input', name, message, validate, ...fallback },
  ])
  return answers[name] ?? ''
}

async function askTemplate(): Promise<string> {
  const { default: inquirer } = await import('inquirer')
  const { template } = await inquirer.prompt<{ template: string }>([
    {
      type: 'select',
      name: 'template',
      message: 'Template',
      choices: [
        { name: 'a card on the platform’s pages', value: 'frontend' },
        { name: 'a block for the page editor', value: 'widget' },
        { name: 'a card with a backend and a configuration', value: 'full' },
      ],
    },
  ])
  return template
}
