import type { Outcome } from '../command.ts'
import type { SubmitInput } from '../commands/submit.ts'
import { connectWithKey } from '../connect.ts'
import type { Context } from '../context.ts'
import { readVersionName } from '../marketplace/plugin-name.ts'
import { readSettings } from '../settings.ts'
import { placeInQueue } from './place-in-queue.ts'

/** Submits a draft: the very bytes that are stored. One that waits already stays where it is. */
export async function submitDraft(input: SubmitInput, context: Context): Promise<Outcome> {
  const { console, cwd, env, signal } = context
  const { pluginId, version } = readVersionName(input.version)
  const client = connectWithKey(context, readSettings({ folder: cwd, env, options: input }))
  const answer = await client.submitVersion({ params: { pluginId }, body: { version }, signal })
  const place = await placeInQueue(client, answer.submission, signal)
  if (answer.status === 'published') console.say(`${pluginId} ${version} is published.`)
  else {
    console.say(`Submitted ${pluginId} ${version} for review.`)
    console.say(`  submission  ${answer.submission}`)
    if (place.words !== '') console.say(`  place       ${place.words}`)
  }
  console.say(`  digest      ${console.style.dim(answer.digest)}`)
  const { position, typicalWaitSeconds } = place
  return { answer: { ...answer, position, typicalWaitSeconds } }
}
