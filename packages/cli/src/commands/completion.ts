import { type Command, defineCommand, type InputOf, required } from '../command.ts'
import { jsonOption } from '../shared-options.ts'

export const shells = ['bash', 'zsh', 'fish'] as const

const form = {
  arguments: { shell: required('the shell', shells) },
  options: { json: jsonOption },
} as const
export type CompletionInput = InputOf<typeof form>

export const completionCommand: Command = defineCommand({
  name: 'completion',
  summary: 'Print a script that completes commands, options and their values in a shell',
  examples: [
    'plexica completion bash > ~/.local/share/bash-completion/completions/plexica',
    'plexica completion zsh > "${fpath[1]}/_plexica"',
    'plexica completion fish > ~/.config/fish/completions/plexica.fish',
  ],
  form,
  load: async () => (await import('../completion/print-completion.ts')).printCompletion,
})
