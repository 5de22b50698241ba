import type { Client } from '@plexica/api'
import { connectWithKey } from '../connect.ts'
import type { Context } from '../context.ts'
import { failure } from '../failure.ts'
import { readSettings } from '../settings.ts'

/** Whose plugins a command is about, and the registry that knows of them. */
export interface OpenTenant {
  readonly tenantId: string
  readonly client: Client
  /** Of the registry. */
  readonly url: string
}

/** The tenant that the settings name. Throws when they name none. */
export function openTenant(
  input: { tenant: string | undefined; apiUrl: string | undefined; apiKey: string | undefined },
  context: Context,
): OpenTenant {
  const { tenant, apiUrl, apiKey } = input
  const settings = readSettings({ folder: context.cwd, env: context.env, options: { tenant, apiUrl, apiKey } })
  if (settings.tenant === undefined) {
    throw failure('answer_missing', 'For which tenant?', { fix: 'Give it with --tenant, or set PLEXICA_TENANT.' })
  }
  return {
    tenantId: settings.tenant.value,
    client: connectWithKey(context, settings),
    url: settings.apiUrl.value,
  }
}
