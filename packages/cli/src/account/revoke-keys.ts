import { failureOfApi } from '../api-failure.ts'
import type { Outcome } from '../command.ts'
import type { KeysRevokeInput } from '../commands/keys.ts'
import { connectWithKey } from '../connect.ts'
import type { Context } from '../context.ts'
import { type ExitCode, exitCodes } from '../exit-codes.ts'
import { failure } from '../failure.ts'
import { readSettings } from '../settings.ts'

/** Revokes keys, the one in use last: no other could follow it. One that fails does not keep the others. */
export async function revokeKeys(input: KeysRevokeInput, context: Context): Promise<Outcome> {
  const { console, cwd, env, signal } = context
  const secret = input.keys.find((name) => name.startsWith('plx_'))
  if (secret !== undefined) {
    throw failure('usage_invalid', 'That is a key itself, which does not belong on a command line.', {
      fix: 'Name it by its id; `plexica keys list` shows the ids.',
    })
  }
  const client = connectWithKey(context, readSettings({ folder: cwd, env, options: input }))
  const { keyId: current } = await client.whoami({ signal })
  const keys: object[] = []
  let exit: ExitCode = exitCodes.done
  const ids = [...new Set(input.keys)]
  for (const id of ids.toSorted((a, b) => Number(a === current) - Number(b === current))) {
    try {
      await client.revokeKey({ params: { keyId: id }, signal })
      console.say(`Revoked ${id}${id === current ? ', the key that you are using' : ''}.`)
      keys.push({ id, revoked: true })
    } catch (error) {
      signal.throwIfAborted()
      const found = failureOfApi(error)
      if (!found || ids.length === 1) throw error
      console.failure(found)
      const { code, message, fix, findings } = found
      keys.push({ id, revoked: false, error: { code, message, fix, findings } })
      if (exit === exitCodes.done) exit = found.exit
    }
  }
  return { answer: { keys }, exit }
}
