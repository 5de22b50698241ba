import { type Command, defineCommand, flag, type InputOf } from '../command.ts'
import { jsonOption, registryOptions } from '../shared-options.ts'

const form = {
  arguments: {},
  options: {
    withKeyStdin: flag('--with-key-stdin', 'read the key from stdin instead of asking for it'),
    apiUrl: registryOptions.apiUrl,
    json: jsonOption,
  },
} as const
export type LoginInput = InputOf<typeof form>

export const loginCommand: Command = defineCommand({
  name: 'login',
  summary: 'Keep a key for a registry on this machine',
  examples: ['plexica login --api-url https://plugins.example.com', 'plexica login --with-key-stdin < key.txt'],
  form,
  load: async () => (await import('../account/log-in.ts')).logIn,
})
