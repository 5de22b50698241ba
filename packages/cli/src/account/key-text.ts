import type { ApiKey } from '@plexica/api'

type Held = Pick<ApiKey, 'subject' | 'role' | 'tenantId' | 'permissions' | 'plugins'>

/** `ann (publisher), narrowed to plugin:publish on sales-chart` */
export function keyText({ subject, role, tenantId, ...reach }: Held): string {
  const narrowed = reachText(reach)
  const holder = `${subject} (${role}${tenantId === null ? '' : ` of ${tenantId}`})`
  return narrowed === '' ? holder : `${holder}, narrowed to ${narrowed}`
}

/** How far a key reaches inside its role; empty when it was not narrowed. */
export function reachText({ permissions, plugins }: Pick<ApiKey, 'permissions' | 'plugins'>): string {
  const what = permissions?.join(', ')
  const where = plugins?.join(', ')
  if (what === undefined) return where ?? ''
  return where === undefined ? what : `${what} on ${where}`
}
