import type { VersionSummary } from '@plexica/api'
import type { Outcome } from '../command.ts'
import type { VersionsInput } from '../commands/versions.ts'
import { connect } from '../connect.ts'
import type { Context } from '../context.ts'
import { everyPage } from '../every-page.ts'
import { readSettings } from '../settings.ts'
import { stateWords } from './listing-text.ts'
import { onlyPlugin } from './plugin-name.ts'

/** Every version that the caller may see, highest first. */
export async function listVersions(input: VersionsInput, context: Context): Promise<Outcome> {
  const { console, cwd, env, signal } = context
  const pluginId = onlyPlugin(input.plugin)
  const client = connect(context, readSettings({ folder: cwd, env, options: input }))
  const versions = await everyPage(async (paging) => {
    const page = await client.listVersions({ params: { pluginId }, query: paging, signal })
    return { items: page.versions, total: page.total }
  })
  const titles = ['version', 'state', 'channels', 'date', 'downloads', '']
  console.table([titles, ...versions.map(rowOf)], { right: [4] })
  return { answer: { pluginId, versions, total: versions.length } }
}

function rowOf(one: VersionSummary): string[] {
  const date = (one.publishedAt ?? one.createdAt).slice(0, 10)
  return [
    one.version,
    stateWords[one.state],
    one.channels.join(', '),
    date,
    String(one.downloadCount),
    one.reason ?? '',
  ]
}
