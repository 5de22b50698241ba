import { pieces } from '../db/pieces.ts'
import type { Trx } from '../db/tables.ts'
import { RegistryError } from '../http/registry-error.ts'
import type { World } from '../world.ts'
import { openConfiguration, type SealedSecrets, type SecretKeys } from './seal-configuration.ts'
import { sealedBy, sealSecret, secretKeyId } from './seal-secrets.ts'
import { type KeptSecrets, type SecretPlaces, secretPlaces } from './secret-store.ts'

/** What a rotation did; secrets, not configurations, are counted. */
export interface Rotated {
  /** Sealed anew. */
  resealed: number
  /** Sealed with the key already. */
  current: number
  /** Sealed with a key that was not given. */
  unreadable: number
  /** Ids of those keys. */
  missingKeys: string[]
}

/** Rows read and written in one transaction. */
const batch = 100

/**
 * Seals every secret with `PLEXICA_SECRET_KEY` that was sealed with one of the keys before it. Safe beside a running
 * registry, and to do again after an interruption. Throws `secrets_unavailable` when there is no key to seal with.
 */
export async function rotateSecrets({ config, db }: World): Promise<Rotated> {
  const { secretKey } = config
  if (!secretKey) throw new RegistryError('secrets_unavailable')
  const done: Rotated = { resealed: 0, current: 0, unreadable: 0, missingKeys: [] }
  const reseal = (row: KeptSecrets) => resealed(secretKey, config, row)
  for (const place of secretPlaces) {
    for await (const rows of pieces<KeptSecrets>(batch, (after, take) => place.page(db, after, take))) {
      const results = await db.transaction().execute(async (trx) => {
        const all = []
        for (const row of rows) all.push(await resealRow(trx, place, row, reseal))
        return all
      })
      for (const result of results) add(done, result)
    }
  }
  return done
}

/** Somebody may configure the plugin at the same time: then what they have sealed is looked at instead. */
async function resealRow(
  trx: Trx,
  place: SecretPlaces,
  row: KeptSecrets,
  reseal: (row: KeptSecrets) => Resealed,
): Promise<Resealed | undefined> {
  for (let now: KeptSecrets | undefined = row; now; now = await place.read(trx, row)) {
    const result = reseal(now)
    if (result.count === 0 || (await place.swap(trx, now, JSON.stringify(result.secrets)))) return result
  }
  return undefined
}

interface Resealed {
  readonly secrets: SealedSecrets
  readonly count: number
  readonly current: number
  /** Ids of the keys that sealed what cannot be opened, one for each secret. */
  readonly unreadable: readonly string[]
}

function resealed(secretKey: Buffer, keys: SecretKeys, { tenantId, pluginId, secrets }: KeptSecrets): Resealed {
  const before: SealedSecrets = JSON.parse(secrets)
  const after: Record<string, string> = {}
  const unreadable: string[] = []
  let current = 0
  for (const [name, sealed] of Object.entries(before)) {
    after[name] = sealed
    const place = { tenantId, pluginId, name }
    if (sealedBy(sealed) === secretKeyId(secretKey)) current++
    else {
      const value = openConfiguration(keys, place, { [name]: sealed }).get(name)
      if (value === undefined) unreadable.push(sealedBy(sealed))
      else after[name] = sealSecret(secretKey, place, value)
    }
  }
  return { secrets: after, count: Object.keys(before).length - current - unreadable.length, current, unreadable }
}

function add(done: Rotated, result: Resealed | undefined): void {
  if (!result) return
  done.resealed += result.count
  done.current += result.current
  done.unreadable += result.unreadable.length
  done.missingKeys = [...new Set([...done.missingKeys, ...result.unreadable])].sort()
}
