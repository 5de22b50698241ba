import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto'

/** Whose value it is. A sealed value moved to another tenant, plugin or name does not open. */
export interface SecretPlace {
  readonly tenantId: string
  readonly pluginId: string
  /** Dotted name in the configuration. */
  readonly name: string
}

const form = 'v1'
/** NIST SP 800-38D: 96 random bits, fresh for each value, for fewer than 2^32 values under one key. */
const nonceBytes = 12
const tagBytes = 16

/** Seals one value with AES-256-GCM, as `v1.<key id>.<nonce, ciphertext and tag in base64url>`. */
export function sealSecret(secretKey: Buffer, place: SecretPlace, value: string): string {
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', secretKey, nonce, { authTagLength: tagBytes })
  cipher.setAAD(boundTo(place))
  const sealed = Buffer.concat([nonce, cipher.update(value, 'utf8'), cipher.final(), cipher.getAuthTag()])
  return `${form}.${secretKeyId(secretKey)}.${sealed.toString('base64url')}`
}

/**
 * Opens a sealed value with whichever key sealed it. Throws an error without the value in it when none of them did, or
 * when it was made for another place or changed.
 */
export function openSecret(keys: readonly Buffer[], place: SecretPlace, sealed: string): string {
  const [version, keyId, text = ''] = sealed.split('.')
  if (version !== form) throw new Error(`The secret ${place.name} is sealed in a form that is not known here.`)
  const secretKey = keys.find((key) => secretKeyId(key) === keyId)
  if (!secretKey) throw new Error(`The secret ${place.name} is sealed with the key ${keyId}, which is not known here.`)
  const bytes = Buffer.from(text, 'base64url')
  try {
    const decipher = createDecipheriv('aes-256-gcm', secretKey, bytes.subarray(0, nonceBytes), {
      authTagLength: tagBytes,
    })
    decipher.setAAD(boundTo(place))
    decipher.setAuthTag(bytes.subarray(-tagBytes))
    return Buffer.concat([decipher.update(bytes.subarray(nonceBytes, -tagBytes)), decipher.final()]).toString('utf8')
  } catch (cause) {
    throw new Error(`The secret ${place.name} was changed, or sealed for another place.`, { cause })
  }
}

/** Names a key without telling anything of it, so that a later key can be told from this one. */
export function secretKeyId(secretKey: Buffer): string {
  return createHmac('sha256', secretKey).update('plexica secret key id').digest('hex').slice(0, 8)
}

/** The id of the key that sealed a value. */
export function sealedBy(sealed: string): string {
  return sealed.split('.')[1] ?? ''
}

function boundTo({ tenantId, pluginId, name }: SecretPlace): Buffer {
  return Buffer.from(JSON.stringify([tenantId, pluginId, name]))
}
