import type { Outcome } from '../command.ts'
import type { DeprecateInput } from '../commands/deprecate.ts'
import { connectWithKey } from '../connect.ts'
import type { Context } from '../context.ts'
import { failure } from '../failure.ts'
import { onlyPlugin } from '../marketplace/plugin-name.ts'
import { readSettings } from '../settings.ts'
import { printable } from '../style.ts'

/** Advises against a plugin as a whole, or takes that back. */
export async function deprecatePlugin(input: DeprecateInput, context: Context): Promise<Outcome> {
  const { console, cwd, env, signal } = context
  const params = { pluginId: onlyPlugin(input.plugin) }
  const { reason, undo } = input
  const successor = input.successor === undefined ? undefined : onlyPlugin(input.successor)
  if (undo && (reason ?? successor) !== undefined) {
    throw failure('usage_invalid', '--undo takes the deprecation back; --reason and --successor make one.', {
      fix: 'Give one or the other.',
    })
  }
  if (!undo && !reason?.trim()) {
    throw failure('answer_missing', 'A deprecation needs its reason, which everybody reads.', {
      fix: 'Give it with --reason "…".',
    })
  }
  const client = connectWithKey(context, readSettings({ folder: cwd, env, options: input }))
  const answer = undo
    ? await client.undeprecatePlugin({ params, signal })
    : await client.deprecatePlugin({
        params,
        body: { reason: reason ?? '', ...(successor === undefined ? {} : { successor }) },
        signal,
      })
  const { deprecation } = answer
  if (deprecation === null) console.say(`${answer.id} is not deprecated.`)
  else {
    const instead = deprecation.successor === null ? '' : ` Use ${deprecation.successor} instead.`
    console.say(`${answer.id} is deprecated: ${printable(deprecation.reason)}${instead}`)
  }
  return { answer }
}
