import { type LookupAddress, type LookupOptions, lookup } from 'node:dns'
import { type IncomingMessage, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { BackendError } from './backend-errors.ts'
import type { BackendLimits } from './backend-limits.ts'
import type { WireFetch, WireFetched } from './child/messages.ts'
import { isPublicAddress } from './public-address.ts'

export interface Reach {
  /** As the manifest declares them, e.g. `api.example.com` and `*.example.com`. */
  readonly hosts: readonly string[]
  readonly limits: BackendLimits
  readonly signal: AbortSignal
}

const mostRedirects = 5
/** What speaks of the connection is ours; answers come uncompressed, so that their size is what was counted. */
const ownHeaders =
  /^(?:host|connection|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade|content-length|accept-encoding|expect)$/

/**
 * Contacts a host for a backend: only a declared one, at every redirect anew, and only at an address of the public
 * internet, which is looked up once, checked and then used. A manifest may declare `localhost`, and reaches it.
 *
 * @throws {BackendError} `network_not_declared`, `network_refused`, `network_failed`, `network_answer_too_large`.
 */
export async function reachHost(wanted: WireFetch, { hosts, limits, signal }: Reach): Promise<WireFetched> {
  const until = AbortSignal.any([signal, AbortSignal.timeout(limits.time)])
  let hop: WireFetch = wanted
  for (let redirects = 0; ; redirects++) {
    const url = declaredUrl(hop.url, hosts)
    const answer = await send(url, hop, until)
    const next = redirectOf(answer, url)
    if (next === undefined || wanted.redirect === 'manual') {
      const body = await bodyOf(answer, limits.fetchBytes)
      const { statusCode: status = 0, statusMessage: statusText = '' } = answer
      return { status, statusText, headers: headersOf(answer), body, url: url.href, redirected: redirects > 0 }
    }
    answer.destroy()
    if (wanted.redirect === 'error' || redirects === mostRedirects) {
      throw new BackendError('network_failed', `${url.host} redirects to ${next.host}.`)
    }
    hop = redirected(hop, url, next, answer.statusCode ?? 0)
  }
}

/** Whether a declared name stands for a host: itself, or whatever is below it when it begins with `*.`. */
export function isDeclared(hosts: readonly string[], host: string): boolean {
  return hosts.some((declared) => (declared.startsWith('*.') ? host.endsWith(declared.slice(1)) : host === declared))
}

function declaredUrl(text: string, hosts: readonly string[]): URL {
  const url = URL.parse(text)
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:') {
    throw new BackendError('network_refused', `“${text.slice(0, 100)}” is no web address.`)
  }
  if (isDeclared(hosts, url.hostname)) return url
  throw new BackendError('network_not_declared', `The manifest does not declare the host ${url.hostname}.`)
}

function send(url: URL, { method, headers, body }: WireFetch, signal: AbortSignal): Promise<IncomingMessage> {
  const bytes = body.base64 === undefined ? Buffer.from(body.text ?? '') : Buffer.from(body.base64, 'base64')
  const kept = headers.filter(([name]) => !ownHeaders.test(name.toLowerCase()))
  const length = bytes.length > 0 || !['GET', 'HEAD'].includes(method) ? { 'content-length': String(bytes.length) } : {}
  return new Promise((resolve, reject) => {
    const failed = (thrown: unknown) => reject(failure(thrown, url, signal))
    try {
      const request = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, {
        method,
        headers: { ...Object.fromEntries(kept), ...length },
        lookup: url.hostname === 'localhost' ? lookup : lookupPublic,
        agent: false,
        signal,
      })
      request.once('response', resolve).once('error', failed).end(bytes)
    } catch (thrown) {
      failed(thrown)
    }
  })
}

/** The system's resolver, without the addresses that a backend may not reach. */
function lookupPublic(
  host: string,
  options: LookupOptions,
  done: (error: Error | null, address: string | LookupAddress[], family?: number) => void,
): void {
  lookup(host, { ...options, all: true }, (error, addresses) => {
    const open = error ? [] : addresses.filter(({ address }) => isPublicAddress(address))
    const [first] = open
    if (error) done(error, [])
    else if (!first) done(new BackendError('network_refused', `${host} leads to a network that is not public.`), [])
    else if (options.all) done(null, open)
    else done(null, first.address, first.family)
  })
}

function failure(thrown: unknown, url: URL, signal: AbortSignal): BackendError {
  if (thrown instanceof BackendError) return thrown
  const why = signal.aborted ? 'it took too long' : thrown instanceof Error ? thrown.message : String(thrown)
  return new BackendError('network_failed', `${url.host} could not be reached: ${why}`, { cause: thrown })
}

async function bodyOf(answer: IncomingMessage, longest: number): Promise<{ base64: string }> {
  const parts: Buffer[] = []
  let length = 0
  try {
    for await (const part of answer) {
      length += part.length
      if (length > longest) break
      parts.push(part)
    }
  } catch (cause) {
    throw new BackendError('network_failed', 'The answer of the host broke off.', { cause })
  }
  if (length > longest) throw new BackendError('network_answer_too_large', `The answer has more than ${longest} bytes.`)
  return { base64: Buffer.concat(parts).toString('base64') }
}

function headersOf({ rawHeaders }: IncomingMessage): [string, string][] {
  const headers: [string, string][] = []
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    headers.push([rawHeaders[at] as string, rawHeaders[at + 1] as string])
  }
  return headers
}

function redirectOf({ statusCode = 0, headers }: IncomingMessage, url: URL): URL | undefined {
  if (![301, 302, 303, 307, 308].includes(statusCode) || headers.location === undefined) return undefined
  return URL.parse(headers.location, url) ?? undefined
}

/** As the Fetch standard says: credentials do not follow to another origin, and a body only where the method stays. */
function redirected(hop: WireFetch, from: URL, to: URL, status: number): WireFetch {
  const becomesGet = (status === 303 && hop.method !== 'HEAD') || (status < 303 && hop.method === 'POST')
  const dropped = [
    ...(from.origin === to.origin ? [] : ['authorization', 'cookie', 'proxy-authorization']),
    ...(becomesGet ? ['content-type', 'content-encoding', 'content-language', 'content-location'] : []),
  ]
  return {
    ...hop,
    url: to.href,
    headers: hop.headers.filter(([name]) => !dropped.includes(name.toLowerCase())),
    ...(becomesGet && { method: 'GET', body: {} }),
  }
}
