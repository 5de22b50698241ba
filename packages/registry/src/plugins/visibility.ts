import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Principal } from '../auth/principal.ts'

/** As whom somebody looks at plugins. Private ones are seen by those who own them and by tenants that were granted them. */
export type Viewer =
  | { readonly kind: 'anybody' }
  | { readonly kind: 'everything' }
  | { readonly kind: 'publisher'; readonly subject: string }
  | { readonly kind: 'tenant'; readonly tenantId: string }

export function viewerOf(principal: Principal): Viewer {
  if (principal.kind === 'anonymous') return { kind: 'anybody' }
  const { role, subject, tenantId } = principal
  if (role === 'super-admin') return { kind: 'everything' }
  if (role === 'publisher') return { kind: 'publisher', subject }
  return tenantId === null ? { kind: 'anybody' } : { kind: 'tenant', tenantId }
}

/**
 * The condition on `plugins`, under that name, that leaves what this viewer may see: for Kysely's `where`, and for SQL
 * that is written out. It says nothing of what is published. The words are in the statement and numbers are what is
 * compared, so that the indexes of what is published answer it alone.
 */
export function visibleTo(viewer: Viewer): RawBuilder<SqlBool> {
  const isPublic = sql<SqlBool>`plugins.visibility = 'public'`
  switch (viewer.kind) {
    case 'anybody':
      return isPublic
    case 'everything':
      return sql<SqlBool>`true`
    case 'publisher':
      return sql<SqlBool>`(${isPublic} or plugins.number in (
        select seen.number from plugin_owners join plugins as seen on seen.id = plugin_owners.plugin_id
        where plugin_owners.subject = ${viewer.subject}))`
    case 'tenant':
      return sql<SqlBool>`(${isPublic} or plugins.number in (
        select seen.number from plugin_tenants join plugins as seen on seen.id = plugin_tenants.plugin_id
        where plugin_tenants.tenant_id = ${viewer.tenantId}))`
  }
}
