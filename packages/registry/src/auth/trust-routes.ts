import type { TrustedPublisher } from '@plexica/api'
import type { TrustedPublisherRow } from '../db/tables.ts'
import type { Handler } from '../http/handler.ts'
import { requireManaged } from '../plugins/require-managed.ts'
import { exchangeToken as exchange } from './exchange-token.ts'
import * as trust from './set-trusted-publishers.ts'
import { trustsOf } from './trust-store.ts'

const getTrustedPublishers: Handler<'getTrustedPublishers'> = async ({ world, params, principal }) => {
  await requireManaged(world.db, { ...params, principal })
  return { publishers: (await trustsOf(world.db, params.pluginId)).map(trustView) }
}

const setTrustedPublishers: Handler<'setTrustedPublishers'> = async ({ world, params, body, principal, log }) => {
  const rows = await trust.setTrustedPublishers(world, { ...params, ...body, principal, log })
  return { publishers: rows.map(trustView) }
}

const deleteTrustedPublishers: Handler<'deleteTrustedPublishers'> = async ({ world, params, principal, log }) => {
  await trust.setTrustedPublishers(world, { ...params, publishers: [], principal, log })
  return undefined
}

const exchangeToken: Handler<'exchangeToken'> = async ({ world, body, log, about }) => {
  const { keyId, ...made } = await exchange(world, body.token, log)
  about({ keyId, subject: made.subject })
  return made
}

function trustView(row: TrustedPublisherRow): TrustedPublisher {
  return { issuer: row.issuer, claims: JSON.parse(row.claims), addedBy: row.added_by, addedAt: row.added_at }
}

export const trustHandlers = { getTrustedPublishers, setTrustedPublishers, deleteTrustedPublishers, exchangeToken }
