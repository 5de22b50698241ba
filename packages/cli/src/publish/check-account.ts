import type { Client } from '@plexica/api'
import type { Context } from '../context.ts'

/** Who publishes, checked before any work is done. Warns of a key that ends soon. */
export async function checkAccount(client: Client, { console, signal }: Context): Promise<string> {
  const { subject, role, expiresAt } = await client.whoami({ signal })
  const left = expiresAt === null ? undefined : Date.parse(expiresAt) - Date.now()
  // The key of a pipeline is made to end within minutes.
  const isPipeline = subject.startsWith('oidc:')
  if (left !== undefined && left < 14 * day && !isPipeline) {
    console.warn(`Your key expires on ${expiresAt?.slice(0, 10)}.`)
  }
  return `${subject} (${role}), ${untilText(expiresAt)}`
}

const day = 86_400_000

function untilText(expiresAt: string | null): string {
  if (expiresAt === null) return 'key without an end'
  const isSoon = Date.parse(expiresAt) - Date.now() < day
  return `key until ${isSoon ? `${expiresAt.slice(11, 16)} UTC` : expiresAt.slice(0, 10)}`
}
