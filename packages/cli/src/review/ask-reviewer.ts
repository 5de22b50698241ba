import type { Context } from '../context.ts'

/** Yes or no, without an answer that somebody gives by mistake with the Enter key. */
export async function confirm(message: string, { signal }: Context): Promise<boolean> {
  const { default: inquirer } = await import('inquirer')
  const { yes } = await inquirer.prompt<{ yes: boolean }>([{ type: 'confirm', name: 'yes', message, default: false }])
  signal.throwIfAborted()
  return yes
}

/** A line, perhaps an empty one. */
export async function ask(message: string, { signal }: Context): Promise<string> {
  const { default: inquirer } = await import('inquirer')
  const { line } = await inquirer.prompt<{ line: string }>([{ type: 'input', name: 'line', message }])
  signal.throwIfAborted()
  return line.trim()
}
