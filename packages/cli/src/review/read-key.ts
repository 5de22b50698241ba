import { emitKeypressEvents } from 'node:readline'
import type { Context } from '../context.ts'
import { failure } from '../failure.ts'

/**
 * The next key that somebody presses. What was typed before the question is not an answer to it. Throws a failure for
 * Ctrl-C and for a terminal that goes away.
 */
export async function readKey({ stdin, signal }: Context): Promise<string> {
  const input = stdin()
  emitKeypressEvents(input)
  input.setRawMode(true)
  input.resume()
  const listeners = new AbortController()
  try {
    return await new Promise<string>((resolve, reject) => {
      const interrupted = () => reject(signal.aborted ? signal.reason : failure('interrupted', 'Interrupted.'))
      const press = (text: string | undefined, key: { name?: string; ctrl?: boolean } = {}) => {
        if (key.ctrl && (key.name === 'c' || key.name === 'd')) interrupted()
        else resolve(text ?? '')
      }
      input.on('keypress', press).on('end', interrupted)
      signal.addEventListener('abort', interrupted)
      listeners.signal.addEventListener('abort', () => {
        input.off('keypress', press).off('end', interrupted)
        signal.removeEventListener('abort', interrupted)
      })
    })
  } finally {
    listeners.abort()
    input.setRawMode(false)
    input.pause()
  }
}
