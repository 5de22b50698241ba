import { ApiError, type Client, type Submission, type VersionSummary } from '@plexica/api'
import type { Outcome } from '../command.ts'
import type { StatusInput } from '../commands/status.ts'
import { connectWithKey } from '../connect.ts'
import type { Context } from '../context.ts'
import { failure } from '../failure.ts'
import { stateWords } from '../marketplace/listing-text.ts'
import { checkPlugin } from '../plugin/check-plugin.ts'
import { openPlugin } from '../plugin/open-plugin.ts'
import { readSettings } from '../settings.ts'
import { bytesText, printable } from '../style.ts'

/** So many of the newest versions are shown. */
const shownVersions = 20

/** What the registry knows of this plugin: its versions, and what waits for or had a decision. */
export async function showStatus(input: StatusInput, context: Context): Promise<Outcome> {
  const { console, env, signal } = context
  const source = openPlugin(context, input)
  const { manifest, findings } = checkPlugin(source)
  if (manifest === undefined) throw failure('plugin_invalid', 'The plugin has errors.', { findings })
  const settings = readSettings({ folder: source.folder, env, options: input })
  const client = connectWithKey(context, settings)
  const { id, version } = manifest

  const versions = await listVersions(client, id, signal)
  const submissions = await listSubmissions(client, id, signal)
  const here = versions.find((one) => one.version === version)
  const waiting = submissions.find((one) => one.version === version && one.state === 'pending_review')

  const { style } = console
  console.say(
    `${style.bold(`${id} ${version}`)}  ${here ? stateWords[here.state] : 'not at the registry yet'}${placeOf(waiting)}`,
  )
  if (here?.reason) console.say(`  reason: ${printable(here.reason)}`)
  if (versions.length > 0) console.say()
  console.table(
    versions.map((one) => [
      one.version,
      stateWords[one.state],
      (one.publishedAt ?? one.createdAt).slice(0, 10),
      bytesText(one.packedBytes),
      one.reason ?? '',
    ]),
    { right: [3] },
  )
  if (waiting) console.findings(waiting.findings)
  return { answer: { id, version, status: here?.state ?? null, submission: waiting ?? null, versions, submissions } }
}

function placeOf(waiting: Submission | undefined): string {
  if (!waiting) return ''
  return `, submission ${waiting.id}${waiting.position === null ? '' : ` at position ${waiting.position}`}`
}

/** A plugin that the registry has never seen has no versions. */
async function listVersions(client: Client, pluginId: string, signal: AbortSignal): Promise<VersionSummary[]> {
  try {
    return (await client.listVersions({ params: { pluginId }, query: { take: shownVersions }, signal })).versions
  } catch (error) {
    if (error instanceof ApiError && error.code === 'plugin_not_found') return []
    throw error
  }
}

/** Waiting ones first. */
async function listSubmissions(client: Client, pluginId: string, signal: AbortSignal): Promise<Submission[]> {
  const ask = (state: Submission['state']) => client.listSubmissions({ query: { pluginId, state, take: 20 }, signal })
  const [waiting, rejected] = await Promise.all([ask('pending_review'), ask('rejected')])
  return [...waiting.submissions, ...rejected.submissions]
}
