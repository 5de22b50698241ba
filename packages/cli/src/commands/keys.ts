import { keyPermissions, roles } from '@plexica/api/permissions'
import { type Command, defineCommand, type InputOf, list, many, text } from '../command.ts'
import { jsonOption, registryOptions, tenantOption } from '../shared-options.ts'

const options = { ...registryOptions, json: jsonOption } as const

const createForm = {
  arguments: {},
  options: {
    permission: list(
      '--permission <name>',
      'narrow the key to this permission; may be given several times',
      keyPermissions,
    ),
    plugin: list('--plugin <id>', 'narrow the key to this plugin; may be given several times'),
    expires: text('--expires <when>', 'a day such as 2027-01-31, a time in ISO 8601, or a number of days such as 90d'),
    description: text('--description <text>', 'what the key is for'),
    subject: text('--subject <name>', 'the person or robot that it stands for (default: you)'),
    role: text('--role <role>', 'the role of the key (default: yours)', roles),
    tenant: tenantOption,
    ...options,
  },
} as const
export type KeysCreateInput = InputOf<typeof createForm>

export const keysCreateCommand: Command = defineCommand({
  name: 'keys create',
  summary: 'Make a key, which is printed once, on stdout alone',
  examples: [
    'plexica keys create --permission plugin:publish --plugin sales-chart --expires 90d',
    'plexica keys create --subject deploy-robot --role publisher > key.txt',
  ],
  form: createForm,
  load: async () => (await import('../account/create-key.ts')).createKey,
})

const listForm = { arguments: {}, options } as const
export type KeysListInput = InputOf<typeof listForm>

export const keysListCommand: Command = defineCommand({
  name: 'keys list',
  summary: 'List your keys, a super-admin every key, without their secrets',
  examples: ['plexica keys list'],
  form: listForm,
  load: async () => (await import('../account/list-keys.ts')).listKeys,
})

const revokeForm = { arguments: { keys: many('ids of keys, which `plexica keys list` shows') }, options } as const
export type KeysRevokeInput = InputOf<typeof revokeForm>

export const keysRevokeCommand: Command = defineCommand({
  name: 'keys revoke',
  summary: 'Revoke keys at once and for ever',
  examples: ['plexica keys revoke 01J8ZQ4M6T'],
  form: revokeForm,
  load: async () => (await import('../account/revoke-keys.ts')).revokeKeys,
})
