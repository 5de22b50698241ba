import { type ApiKey, type KeyPermission, type Role, type Route, routes, type Tenant } from '@plexica/api'
import type { Finding } from '@plexica/manifest-schema'
import { createKey } from '../auth/create-key.ts'
import { type KeyRequest, keyFindings } from '../auth/key-rules.ts'
import { UsageError } from '../command.ts'
import { RegistryError } from '../http/registry-error.ts'
import { validateRequest } from '../http/validate-request.ts'
import { insertTenant } from '../tenants/tenant-store.ts'
import type { World } from '../world.ts'

/** The options of `keys create`. */
export interface KeyOptions {
  readonly subject: string
  readonly role: string
  readonly tenant: string | undefined
  readonly 'create-tenant': string | undefined
  readonly permissions: string | undefined
  readonly plugins: string | undefined
  readonly expires: string | undefined
  readonly description: string | undefined
}

const optionOf: Readonly<Record<string, string>> = {
  'body.subject': '--subject',
  'body.role': '--role',
  'body.tenantId': '--tenant',
  'body.id': '--tenant',
  'body.name': '--create-tenant',
  'body.permissions': '--permissions',
  'body.plugins': '--plugins',
  'body.expiresAt': '--expires',
  'body.description': '--description',
}

/**
 * Makes a key as the operator of the registry, who needs none for that, and its tenant where asked to. Safe to run
 * again: a tenant that exists is taken as it is. Throws `UsageError` with all problems of the options.
 */
export async function issueKey(
  world: World,
  options: KeyOptions,
): Promise<{ key: string; newTenant: Tenant | null } & ApiKey> {
  const request: KeyRequest = {
    subject: options.subject,
    role: options.role as Role,
    ...(options.tenant === undefined ? {} : { tenantId: options.tenant }),
    ...(options.permissions === undefined ? {} : { permissions: options.permissions.split(',') as KeyPermission[] }),
    ...(options.plugins === undefined ? {} : { plugins: options.plugins.split(',') }),
    ...(options.description === undefined ? {} : { description: options.description }),
    ...(options.expires === undefined ? {} : { expiresAt: timeOf(options.expires) }),
  }
  const tenant = { id: options.tenant ?? '', name: options['create-tenant'] ?? '' }
  const now = world.now()
  const problems = [
    ...formFindings(routes.createKey, request),
    ...(options['create-tenant'] === undefined ? [] : formFindings(routes.createTenant, tenant)),
    ...keyFindings(request, now),
  ].map(({ message, path = '' }) => message.replace(path, optionOf[path.replace(/\.\d+$/, '')] ?? path))
  if (problems.length > 0) throw new UsageError([...new Set(problems)])

  const createdAt = now.toISOString()
  const isNew = options['create-tenant'] !== undefined && (await insertTenant(world.db, { ...tenant, createdAt }))
  const made = await createKey(world, request)
  return { ...made, newTenant: isNew ? { ...tenant, createdAt } : null }
}

/** The same check of the form as over HTTP. */
function formFindings(row: Route, body: unknown): readonly Finding[] {
  try {
    validateRequest(row, { params: {}, query: {}, body })
    return []
  } catch (error) {
    if (error instanceof RegistryError && error.findings) return error.findings
    throw error
  }
}

/** A day alone means its beginning in UTC. */
function timeOf(text: string): string {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00Z` : text
}
