import type { Db, Trx } from '../db/tables.ts'
import { secretPlace, webhookOf } from '../webhooks/webhook-secret.ts'

/** Sealed secrets of one row. */
export interface KeptSecrets {
  readonly tenantId: string
  readonly pluginId: string
  /** Of a row of the history. */
  readonly number: number
  /** JSON: dotted name → sealed text. */
  readonly secrets: string
}

/** A table that holds sealed secrets, read page by page in an order that nobody changes. */
export interface SecretPlaces {
  page(db: Db, after: KeptSecrets | undefined, take: number): Promise<KeptSecrets[]>
  /** What stands there now; undefined when it has gone. */
  read(db: Db, row: KeptSecrets): Promise<KeptSecrets | undefined>
  /** Puts others in their place; false when these do not stand there any more. */
  swap(trx: Trx, row: KeptSecrets, secrets: string): Promise<boolean>
}

const none = '{}'

const installed: SecretPlaces = {
  async page(db, after, take) {
    let rows = installedSecrets(db)
    if (after) {
      const { tenantId, pluginId } = after
      rows = rows.where((is) =>
        is.or([
          is('tenant_id', '>', tenantId),
          is.and([is('tenant_id', '=', tenantId), is('plugin_id', '>', pluginId)]),
        ]),
      )
    }
    return (await rows.orderBy('tenant_id').orderBy('plugin_id').limit(take).execute()).map(ofInstalled)
  },
  async read(db, { tenantId, pluginId }) {
    const row = await installedSecrets(db)
      .where('tenant_id', '=', tenantId)
      .where('plugin_id', '=', pluginId)
      .executeTakeFirst()
    return row && ofInstalled(row)
  },
  async swap(trx, { tenantId, pluginId, secrets: before }, secrets) {
    const { numUpdatedRows } = await trx
      .updateTable('installations')
      .set({ secrets })
      .where('tenant_id', '=', tenantId)
      .where('plugin_id', '=', pluginId)
      .where('secrets', '=', before)
      .executeTakeFirstOrThrow()
    return numUpdatedRows > 0n
  },
}

/** What updates have left, so that they can be undone. */
const left: SecretPlaces = {
  async page(db, after, take) {
    const rows = leftSecrets(db).where('number', '>', after?.number ?? 0)
    return (await rows.orderBy('number').limit(take).execute()).flatMap(ofLeft)
  },
  async read(db, { number }) {
    return (await leftSecrets(db).where('number', '=', number).execute()).flatMap(ofLeft)[0]
  },
  async swap(trx, { number, secrets: before }, secrets) {
    const { numUpdatedRows } = await trx
      .updateTable('installation_history')
      .set({ left_secrets: secrets })
      .where('number', '=', number)
      .where('left_secrets', '=', before)
      .executeTakeFirstOrThrow()
    return numUpdatedRows > 0n
  },
}

/** What webhooks sign with. */
const webhooks: SecretPlaces = {
  async page(db, after, take) {
    const rows = webhookSecrets(db).where('id', '>', after ? webhookId(after) : '')
    return (await rows.orderBy('id').limit(take).execute()).map(ofWebhook)
  },
  async read(db, row) {
    const found = await webhookSecrets(db).where('id', '=', webhookId(row)).executeTakeFirst()
    return found && ofWebhook(found)
  },
  async swap(trx, row, secrets) {
    const { numUpdatedRows } = await trx
      .updateTable('webhooks')
      .set({ secret: sealedOf(secrets) })
      .where('id', '=', webhookId(row))
      .where('secret', '=', sealedOf(row.secrets))
      .executeTakeFirstOrThrow()
    return numUpdatedRows > 0n
  },
}

/** Every place where secrets are kept. */
export const secretPlaces: readonly SecretPlaces[] = [installed, left, webhooks]

function webhookSecrets(db: Db) {
  return db.selectFrom('webhooks').select(['id', 'tenant_id', 'secret'])
}

function ofWebhook(row: { id: string; tenant_id: string | null; secret: string }): KeptSecrets {
  const { name, ...place } = secretPlace(row)
  return { ...place, number: 0, secrets: JSON.stringify({ [name]: row.secret }) }
}

function webhookId({ secrets }: KeptSecrets): string {
  return webhookOf(Object.keys(JSON.parse(secrets))[0] ?? '')
}

function sealedOf(secrets: string): string {
  return Object.values<string>(JSON.parse(secrets))[0] ?? ''
}

function installedSecrets(db: Db) {
  return db.selectFrom('installations').select(['tenant_id', 'plugin_id', 'secrets']).where('secrets', '!=', none)
}

function leftSecrets(db: Db) {
  return db
    .selectFrom('installation_history')
    .select(['tenant_id', 'plugin_id', 'number', 'left_secrets'])
    .where('left_secrets', '!=', none)
}

function ofInstalled(row: { tenant_id: string; plugin_id: string; secrets: string }): KeptSecrets {
  return { tenantId: row.tenant_id, pluginId: row.plugin_id, number: 0, secrets: row.secrets }
}

function ofLeft(row: {
  tenant_id: string
  plugin_id: string
  number: number
  left_secrets: string | null
}): KeptSecrets[] {
  const { tenant_id: tenantId, plugin_id: pluginId, number, left_secrets: secrets } = row
  return secrets === null ? [] : [{ tenantId, pluginId, number, secrets }]
}
