import { createHash } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import type { QueryOf, Routes, TenantComponent } from '@plexica/api'
import { type Component, type Manifest, packageLayout } from '@plexica/manifest-schema'
import { expiryAt } from '../bundles/bundle-grant.ts'
import { bundleUrls } from '../bundles/bundle-urls.ts'
import { etagMatches } from '../http/etag.ts'
import { JsonReply } from '../http/json-reply.ts'
import { requireTenant } from '../tenants/tenant-store.ts'
import type { World } from '../world.ts'
import { filesOfEnabled, listEnabled, manifestsOfEnabled } from './component-store.ts'

type Query = QueryOf<Routes['listTenantComponents']>

/**
 * The components of a tenant's enabled plugins. The entity tag is made of which versions they are and until when their
 * addresses are signed, for nothing else decides about the answer: hosts that ask again and again cost one small statement while nothing has changed.
 */
export async function listComponents(
  world: World,
  tenantId: string,
  query: Query,
  headers: IncomingHttpHeaders,
): Promise<JsonReply> {
  await requireTenant(world.db, tenantId)
  const enabled = await listEnabled(world.db, tenantId)
  const signedUntil = enabled.some(({ visibility }) => visibility === 'private') ? expiryAt(world.now()) : null
  const etag = etagOf([enabled, query, world.config.cdnUrl ?? world.publicUrl(), signedUntil])
  if (etagMatches(headers['if-none-match'], etag)) return new JsonReply(Buffer.alloc(0), etag, true, unkept)
  const manifests = await manifestsOfEnabled(world.db, tenantId)
  const all = manifests.flatMap(({ plugin_id, version, manifest }) =>
    componentsOf(JSON.parse(manifest), query).map((component) => ({ plugin_id, version, component })),
  )
  const { skip = 0, take = 20 } = query
  const shown = all.slice(skip, skip + take)
  const files = await filesOfEnabled(world.db, tenantId, [...new Set(shown.map(({ plugin_id }) => plugin_id))])
  const visibilities = new Map(enabled.map(({ plugin_id, visibility }) => [plugin_id, visibility]))
  const components = shown.flatMap(({ plugin_id, version, component }): TenantComponent[] => {
    const file = files.get(plugin_id)?.find(({ path }) => path === packageLayout.bundle)
    const visibility = visibilities.get(plugin_id)
    // Disabled or removed since it was looked for.
    if (!file || visibility === undefined) return []
    const url = bundleUrls(world, { pluginId: plugin_id, version, visibility }, tenantId)
    const bundle = { url: url(file.path), integrity: file.integrity }
    return [{ pluginId: plugin_id, version, ...component, bundle }]
  })
  return new JsonReply(Buffer.from(JSON.stringify({ components, total: all.length })), etag, false, unkept)
}

const unkept = { 'cache-control': 'no-cache' }

/** Counted up when the answer's form changes. */
const form = 1

function etagOf(facts: readonly unknown[]): string {
  const text = JSON.stringify([form, ...facts])
  return `"${createHash('sha256').update(text).digest('base64url').slice(0, 27)}"`
}

/** A plugin without a frontend has nothing that a page could show. */
function componentsOf({ components = [], frontend }: Manifest, { extensionPoint, type }: Query): Component[] {
  if (!frontend) return []
  return components.filter(
    (component) =>
      (extensionPoint === undefined || component.extensionPoint === extensionPoint) &&
      (type === undefined || component.extensionPoint === type),
  )
}
