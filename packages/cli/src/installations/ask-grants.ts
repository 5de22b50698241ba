import { askYes } from '../ask-yes.ts'
import type { Context } from '../context.ts'
import { type NamedPermission, permissionText } from '../marketplace/permission-text.ts'
import { printable } from '../style.ts'

/** Asks one by one; none is granted on somebody's behalf. Gives the first that was refused, or nothing. */
export async function askGrants(
  { permissions, hosts }: { permissions: readonly NamedPermission[]; hosts: readonly string[] },
  context: Context,
): Promise<string | undefined> {
  const questions = [
    ...permissions.map((one) => ({ name: one.name, message: `Grant ${permissionText(one)}?` })),
    ...hosts.map((host) => ({ name: host, message: `Let it contact ${printable(host)}?` })),
  ]
  for (const { name, message } of questions) {
    if (!(await askYes(message, context, false))) return name
  }
  return undefined
}
