import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Context } from '../context.ts'

/** Shows a long text through `$PAGER`, or `less`, on a terminal; anywhere else it is written as it is. */
export async function showPaged(text: string, { console, stdout, env }: Context): Promise<void> {
  const pager = env.PAGER?.trim() || 'less'
  if (!stdout.isTerminal || (await page(text, pager, env)) === 'missing') console.say(text)
}

/** Gives `missing` when there is no such program. */
async function page(text: string, pager: string, env: Context['env']): Promise<'shown' | 'missing'> {
  // As git asks less: end at once when it fits, keep colours, leave the text on the screen.
  const child = spawn(pager, { shell: true, stdio: ['pipe', 'inherit', 'inherit'], env: { LESS: 'FRX', ...env } })
  // Whoever quits the pager has read enough.
  child.stdin.on('error', () => undefined).end(`${text}\n`)
  try {
    const [code] = (await once(child, 'close')) as [number | null]
    return code === 127 || code === 126 || code === 9009 ? 'missing' : 'shown'
  } catch {
    return 'missing'
  }
}
