import { type Command, defineCommand, type InputOf } from '../command.ts'
import { jsonOption, registryOptions, tenantOption } from '../shared-options.ts'

const form = { arguments: {}, options: { ...registryOptions, tenant: tenantOption, json: jsonOption } } as const
export type WhoamiInput = InputOf<typeof form>

export const whoamiCommand: Command = defineCommand({
  name: 'whoami',
  summary: 'Show who you are to the registry, and where each setting comes from',
  examples: ['plexica whoami'],
  form,
  load: async () => (await import('../account/show-account.ts')).showAccount,
})
