import type { Client } from '@plexica/api'
import type { Context } from '../context.ts'

/** Who publishes, checked before any work is done. Warns of a key that ends soon. */
export async function checkAccount(client: Client, { console, signal }: Context): Promise<string> {
  const { subject, role, expiresAt } = await client.whoami({ signal })
  const days = expiresAt === null ? undefined : Math.floor((Date.parse(expiresAt) - Date.now()) / 86_400_000)
  if (days !== undefined && days < 14) console.warn(`Your key expires on ${expiresAt?.slice(0, 10)}.`)
  return `${subject} (${role})${expiresAt === null ? '' : `, key until ${expiresAt.slice(0, 10)}`}`
}
