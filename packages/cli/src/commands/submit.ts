import { type Command, defineCommand, type InputOf, required } from '../command.ts'
import { jsonOption, registryOptions } from '../shared-options.ts'

const form = {
  arguments: { version: required('plugin@version, a draft') },
  options: { ...registryOptions, json: jsonOption },
} as const
export type SubmitInput = InputOf<typeof form>

export const submitCommand: Command = defineCommand({
  name: 'submit',
  summary: 'Submit a draft for review, as it is stored',
  examples: ['plexica submit sales-chart@1.2.0'],
  form,
  load: async () => (await import('../publish/submit-draft.ts')).submitDraft,
})
