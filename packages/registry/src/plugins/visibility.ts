import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { isTrusted } from '../auth/policy.ts'
import type { Principal } from '../auth/principal.ts'

/**
 * As whom somebody looks at plugins. Private ones are seen by those who own them and by tenants that were granted them;
 * with `only`, as a narrowed key has it, those alone.
 */
export type Viewer =
  | { readonly kind: 'anybody' }
  | ({ readonly only?: readonly string[] | undefined } & (
      | { readonly kind: 'everything' }
      | { readonly kind: 'publisher'; readonly subject: string }
      | { readonly kind: 'tenant'; readonly tenantId: string }
    ))

export function viewerOf(principal: Principal): Viewer {
  if (principal.kind === 'anonymous') return { kind: 'anybody' }
  const { role, subject, tenantId, reach } = principal
  const only = reach?.plugins
  if (role === 'super-admin' || isTrusted(principal)) return { kind: 'everything', only }
  if (role === 'publisher') return { kind: 'publisher', subject, only }
  return tenantId === null ? { kind: 'anybody' } : { kind: 'tenant', tenantId, only }
}

/**
 * The condition on `plugins`, under that name, that leaves what this viewer may see: for Kysely's `where`, and for SQL
 * that is written out. It says nothing of what is published. The words are in the statement and numbers are what is
 * compared, so that the indexes of what is published answer it alone.
 */
export function visibleTo(viewer: Viewer): RawBuilder<SqlBool> {
  const isPublic = sql<SqlBool>`plugins.visibility = 'public'`
  if (viewer.kind === 'anybody') return isPublic
  if (seesAll(viewer)) return sql<SqlBool>`true`
  return sql<SqlBool>`(${isPublic} or ${ownTo(viewer)})`
}

/** The condition on `plugins` that leaves those that are there for this viewer whether or not they are public. */
export function ownTo(viewer: Viewer): RawBuilder<SqlBool> {
  if (viewer.kind === 'anybody') return sql<SqlBool>`false`
  if (seesAll(viewer)) return sql<SqlBool>`true`
  const { only } = viewer
  const narrowed = only === undefined ? sql`` : sql`and seen.id in (${sql.join([...only])})`
  return sql<SqlBool>`plugins.number in (select seen.number from ${seenBy(viewer)} ${narrowed})`
}

function seesAll(viewer: Viewer): boolean {
  return viewer.kind === 'everything' && viewer.only === undefined
}

/** The plugins, as `seen`, that are somebody's own. */
function seenBy(viewer: Exclude<Viewer, { kind: 'anybody' }>): RawBuilder<unknown> {
  switch (viewer.kind) {
    case 'everything':
      return sql`plugins as seen where true`
    case 'publisher':
      return sql`plugin_owners join plugins as seen on seen.id = plugin_owners.plugin_id
        where plugin_owners.subject = ${viewer.subject}`
    case 'tenant':
      return sql`plugin_tenants join plugins as seen on seen.id = plugin_tenants.plugin_id
        where plugin_tenants.tenant_id = ${viewer.tenantId}`
  }
}
