import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'

/** Whose files may be imported, for whom and until when: what the address of a private plugin's file says. */
export interface BundleGrant {
  readonly pluginId: string
  readonly version: string
  /** Null for those who see the plugin without a tenant: its owners and super-admins. */
  readonly tenantId: string | null
  /** Unix time in seconds. */
  readonly expires: number
}

/** Addresses made within so many seconds are the same, so that what they name stays cached; they hold for as long again. */
const period = 12 * 3_600

/** When an address that is made now expires, in seconds of Unix time: in 12 to 24 hours. */
export function expiryAt(now: Date): number {
  return (Math.floor(now.getTime() / 1000 / period) + 2) * period
}

/** `<expires>.<tenant>.<signature>`, as it stands in the address; HMAC-SHA256 (RFC 2104) under a key of its own. */
export function signGrant(secretKey: Buffer, grant: BundleGrant): string {
  return `${grant.expires}.${grant.tenantId ?? ''}.${signatureOf(secretKey, grant)}`
}

/** What a signed text grants for these files, expired or not; undefined when this key has not signed it for them. */
export function readGrant(
  secretKey: Buffer,
  signed: string,
  { pluginId, version }: Pick<BundleGrant, 'pluginId' | 'version'>,
): BundleGrant | undefined {
  const [expires = '', tenant = '', signature = ''] = signed.split('.')
  const grant = { pluginId, version, tenantId: tenant || null, expires: Number(expires) }
  // As texts: the same bytes can be written in more than one way.
  const wanted = Buffer.from(signatureOf(secretKey, grant))
  const given = Buffer.from(signature)
  return given.length === wanted.length && timingSafeEqual(given, wanted) ? grant : undefined
}

function signatureOf(secretKey: Buffer, { pluginId, version, tenantId, expires }: BundleGrant): string {
  return createHmac('sha256', signingKey(secretKey))
    .update(JSON.stringify([pluginId, version, tenantId, expires]))
    .digest('base64url')
}

const signingKeys = new WeakMap<Buffer, Buffer>()

/** HKDF (RFC 5869): what signs addresses tells nothing of what seals secrets. */
function signingKey(secretKey: Buffer): Buffer {
  let key = signingKeys.get(secretKey)
  if (!key) {
    key = Buffer.from(hkdfSync('sha256', secretKey, '', 'plexica addresses of private bundles', 32))
    signingKeys.set(secretKey, key)
  }
  return key
}
