import { type Command, defineCommand, type InputOf } from '../command.ts'
import { jsonOption, registryOptions } from '../shared-options.ts'

const form = { arguments: {}, options: { apiUrl: registryOptions.apiUrl, json: jsonOption } } as const
export type LogoutInput = InputOf<typeof form>

export const logoutCommand: Command = defineCommand({
  name: 'logout',
  summary: 'Forget the key for a registry; the key itself stays valid',
  examples: ['plexica logout'],
  form,
  load: async () => (await import('../account/log-out.ts')).logOut,
})
