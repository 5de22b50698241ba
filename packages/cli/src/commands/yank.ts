import { type Command, defineCommand, type InputOf, required, text } from '../command.ts'
import { jsonOption, registryOptions } from '../shared-options.ts'

const named = 'plugin@version'

const yankForm = {
  arguments: { version: required(named) },
  options: {
    reason: text('--reason <text>', 'why nobody should get it any more'),
    ...registryOptions,
    json: jsonOption,
  },
} as const
export type YankInput = InputOf<typeof yankForm>

export const yankCommand: Command = defineCommand({
  name: 'yank',
  summary: 'Withdraw a version: those who have it keep it, nobody new gets it',
  examples: ['plexica yank sales-chart@1.2.0 --reason "It loses orders"'],
  form: yankForm,
  load: async () => (await import('../publish/yank-version.ts')).yankVersion,
})

const unyankForm = {
  arguments: { version: required(named) },
  options: { ...registryOptions, json: jsonOption },
} as const
export type UnyankInput = InputOf<typeof unyankForm>

export const unyankCommand: Command = defineCommand({
  name: 'unyank',
  summary: 'Give a yanked version out again',
  examples: ['plexica unyank sales-chart@1.2.0'],
  form: unyankForm,
  load: async () => (await import('../publish/yank-version.ts')).unyankVersion,
})
