import type { Outcome } from '../command.ts'
import { commands, groups } from '../command-list.ts'
import type { CompletionInput } from '../commands/completion.ts'
import type { Context } from '../context.ts'
import { bashScript } from './bash-script.ts'
import { completionWords } from './completion-words.ts'
import { fishScript } from './fish-script.ts'
import { zshScript } from './zsh-script.ts'

const scripts = { bash: bashScript, zsh: zshScript, fish: fishScript }

/** The script is made from the commands' declarations, and asks nobody when it completes. */
export async function printCompletion({ shell }: CompletionInput, { console }: Context): Promise<Outcome> {
  const script = scripts[shell as keyof typeof scripts](completionWords(commands, groups))
  console.say(script)
  return { answer: { shell, script } }
}
