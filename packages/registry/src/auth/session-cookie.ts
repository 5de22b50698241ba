import { createHash, randomBytes } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'

/** Bytes of a session's secret; 43 characters in base64url. */
const secretBytes = 32
const secretForm = /^[\w-]{43}$/

const plainName = 'plexica_session'

/**
 * Over https the name makes browsers keep the cookie to this very host, with `Secure` and the path `/` (RFC 6265bis,
 * section 4.1.3.2).
 */
function nameAt(publicUrl: string): string {
  return publicUrl.startsWith('https:') ? `__Host-${plainName}` : plainName
}

export function newSessionSecret(): string {
  return randomBytes(secretBytes).toString('base64url')
}

/** What is stored and looked up in the secret's place: SHA-256 in hex. */
export function hashSessionSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}

/** The secret that a request's cookie holds; undefined without one of its form. */
export function sessionSecret({ cookie }: IncomingHttpHeaders, publicUrl: string): string | undefined {
  if (!hasSessionCookie({ cookie })) return undefined
  const name = `${nameAt(publicUrl)}=`
  const pair = cookie?.split(';').find((one) => one.trim().startsWith(name))
  const secret = pair?.trim().slice(name.length)
  return secret !== undefined && secretForm.test(secret) ? secret : undefined
}

/** Whether a request may be one of a browser that has signed in: to be asked before anything is answered to everybody. */
export function hasSessionCookie({ cookie }: { cookie?: string | undefined }): boolean {
  return cookie?.includes(`${plainName}=`) === true
}

/** `Set-Cookie` that gives a browser its session for so many seconds. No script reads it, no other site sends it. */
export function sessionCookie(secret: string, seconds: number, publicUrl: string): string {
  const secure = publicUrl.startsWith('https:') ? '; Secure' : ''
  return `${nameAt(publicUrl)}=${secret}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Strict${secure}`
}

/** `Set-Cookie` that takes it away. */
export function clearedCookie(publicUrl: string): string {
  return sessionCookie('', 0, publicUrl)
}
