import { isIP } from 'node:net'
import { ownHost, unknownText } from './constant-text.ts'

export interface ContactedHost {
  /** In lower case; `*.example.com` when its first labels are only known at run time. Absent for the page's own host. */
  host?: string
  /** The host may be another one at run time. */
  uncertain: boolean
}

const contactSchemes: ReadonlySet<string> = new Set(['http:', 'https:', 'ws:', 'wss:', 'ftp:'])
/** A label that no host has, put in for what is unknown. */
const placeholder = 'zzunknownzz'

/**
 * The host that a request to this address reaches, as a browser reads it (URL Standard): user names, ports, upper case,
 * backslashes and numbers in odd notations included.
 */
export function contactedHost(address: string): ContactedHost {
  const text = address.trimStart()
  if (text === '') return { uncertain: false }
  if (/^[/\\]{2}/.test(text)) return absoluteHost(`https:${text}`)
  const scheme = /^[a-z][a-z0-9+.-]*:/i.exec(text)?.[0]
  if (scheme !== undefined) return contactSchemes.has(scheme.toLowerCase()) ? absoluteHost(text) : { uncertain: false }
  // A path, unless what is unknown could still turn it into an address: `${base}/x`, or `/${x}` with `/evil.example`.
  return { uncertain: /^(?:\0|[/\\]\0|[a-z][a-z0-9+.-]*\0)/i.test(text) }
}

function absoluteHost(address: string): ContactedHost {
  // A port is digits; what follows digits that are known is a path. In the host the unknown stands for a label.
  const filled = address
    .replace(/^([a-z]+:[/\\]*[^/\\?#\0]*:\d+)\0/i, '$1/')
    .replaceAll(`:${unknownText}`, ':1')
    .replaceAll(unknownText, placeholder)
  const parsed = URL.canParse(filled) ? new URL(filled) : undefined
  const host = parsed?.hostname.replace(/\.$/, '')
  if (host === undefined || host === '') return { uncertain: true }
  if (host === ownHost) return { uncertain: false }
  if (!host.includes(placeholder)) return { host, uncertain: false }
  return partlyKnownHost(host.split('.'))
}

function partlyKnownHost(labels: string[]): ContactedHost {
  const last = labels.findLastIndex((label) => label.includes(placeholder))
  const rest = labels.slice(last + 1)
  if (rest.length >= 2) return { host: `*.${rest.join('.')}`, uncertain: true }
  // "https://api.example.com" + path: the path brings its slash along, or it should.
  const known = labels.join('.').replace(placeholder, '')
  const whole = last === labels.length - 1 && (/\.[a-z]{2,}$|^localhost$/.test(known) || isIP(known) === 4)
  return whole && !known.includes(placeholder) && labels.at(-1)?.endsWith(placeholder)
    ? { host: known, uncertain: false }
    : { uncertain: true }
}

export function isIpAddress(host: string): boolean {
  return isIP(host.replace(/^\[|\]$/g, '')) !== 0
}

/** Addresses of the machine itself, which `localhost` in a manifest stands for. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(host)
}

/**
 * A host that stands in only because `new URL` needs one: without a dot, or one of the names that are reserved for
 * examples (RFC 2606, RFC 6761).
 */
export function isStandIn(host: string): boolean {
  return !host.includes('.') || /(?:^|\.)(?:example\.(?:com|net|org)|example|invalid|test|localhost)$/.test(host)
}
