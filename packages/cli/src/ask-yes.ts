import type { Context } from './context.ts'

/** A question that is answered with yes or no, where somebody can answer. */
export async function askYes(message: string, { signal }: Context, suggested: boolean): Promise<boolean> {
  const { default: inquirer } = await import('inquirer')
  const { yes } = await inquirer.prompt<{ yes: boolean }>([
    { type: 'confirm', name: 'yes', message, default: suggested },
  ])
  signal.throwIfAborted()
  return yes
}
