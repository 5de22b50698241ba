import type { ApiKey } from '@plexica/api'
import type { Outcome } from '../command.ts'
import type { KeysListInput } from '../commands/keys.ts'
import { connectWithKey } from '../connect.ts'
import type { Context } from '../context.ts'
import { everyPage } from '../every-page.ts'
import { readSettings } from '../settings.ts'
import { reachText } from './key-text.ts'

/** The keys that the caller manages, newest first. */
export async function listKeys(input: KeysListInput, context: Context): Promise<Outcome> {
  const { console, cwd, env, signal } = context
  const client = connectWithKey(context, readSettings({ folder: cwd, env, options: input }))
  const [{ keyId }, keys] = await Promise.all([
    client.whoami({ signal }),
    everyPage(async (paging) => {
      const page = await client.listKeys({ query: paging, signal })
      return { items: page.keys, total: page.total }
    }),
  ])
  const titles = ['id', 'whose', 'role', 'state', 'last used', 'narrowed to', 'for']
  console.table([titles, ...keys.map((key) => rowOf(key, keyId))])
  return { answer: { keys, total: keys.length } }
}

function rowOf(key: ApiKey, current: string | null): string[] {
  const { id, subject, role, tenantId, lastUsedAt, description } = key
  return [
    id,
    subject,
    tenantId === null ? role : `${role} of ${tenantId}`,
    id === current ? `${stateText(key)}, in use now` : stateText(key),
    lastUsedAt?.slice(0, 10) ?? 'never',
    reachText(key) || '-',
    description ?? '',
  ]
}

function stateText({ revokedAt, expiresAt }: ApiKey): string {
  if (revokedAt !== null) return `revoked ${revokedAt.slice(0, 10)}`
  if (expiresAt === null) return 'valid'
  return `${Date.parse(expiresAt) <= Date.now() ? 'expired' : 'valid until'} ${expiresAt.slice(0, 10)}`
}
