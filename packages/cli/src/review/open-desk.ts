import type { Client } from '@plexica/api'
import { connectWithKey } from '../connect.ts'
import type { Context } from '../context.ts'
import { readSettings } from '../settings.ts'

/** The registry as a reviewer sees it. */
export function openDesk(context: Context, input: { apiUrl: string | undefined; apiKey: string | undefined }): Client {
  const { cwd, env } = context
  return connectWithKey(context, readSettings({ folder: cwd, env, options: input }))
}
