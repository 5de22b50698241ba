import { type LookupAddress, lookup } from 'node:dns'
import type { IncomingMessage, RequestOptions } from 'node:http'
import { request as requestHttps } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { request as requestHttp } from '../http/node-http.ts'
import { isPublicAddress } from './public-address.ts'
import { webhookHeaders } from './sign-webhook.ts'
import { hostOf } from './webhook-rules.ts'

/** Milliseconds for everything: the name, the connection, the answer. */
const timeout = 10_000
/** Bytes of an answer's body that are taken from the line; nobody reads them. */
const mostAnswer = 1_024

export interface Message {
  readonly url: string
  readonly id: string
  readonly body: string
  readonly secret: string
  readonly at: Date
}

/** What came of sending: a status, or why there was no answer. Only 2xx means that it was taken. */
export type Sent = { readonly status: number } | { readonly error: string }

/**
 * Posts a signed message. Never calls an address outside the public internet unless that is allowed, whatever a name
 * resolves to: the addresses that are checked are those that are connected to. Follows no redirect.
 */
export async function sendWebhook(message: Message, { allowPrivate }: { allowPrivate: boolean }): Promise<Sent> {
  const url = new URL(message.url)
  // A host that is an address is never looked up.
  if (!allowPrivate && isIP(hostOf(url)) !== 0 && !isPublicAddress(hostOf(url))) return { error: refused }
  const options: RequestOptions = {
    method: 'POST',
    headers: {
      ...webhookHeaders(message.secret, message),
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(message.body),
      'user-agent': 'Plexica-Webhooks/1',
    },
    lookup: allowPrivate ? lookup : lookupPublic,
    // A connection of its own: none that was made for another name is used again.
    agent: false,
    signal: AbortSignal.timeout(timeout),
  }
  try {
    return await post(url, options, message.body)
  } catch (error) {
    return { error: wordsFor(error) }
  }
}

function post(url: URL, options: RequestOptions, body: string): Promise<Sent> {
  const { promise, resolve, reject } = Promise.withResolvers<Sent>()
  const request = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, options)
  request.once('response', (response) => {
    void drain(response).then(() => resolve({ status: response.statusCode ?? 0 }))
  })
  // After the answer there may still be errors, such as of the connection that is cut here.
  request.on('error', reject)
  request.end(body)
  return promise
}

/** Takes the beginning of an answer, so that small ones end properly, and cuts the connection. */
async function drain(response: IncomingMessage): Promise<void> {
  let bytes = 0
  try {
    for await (const chunk of response) {
      bytes += chunk.length
      if (bytes > mostAnswer) break
    }
  } catch {
    // The status is there, and is all that counts.
  }
  response.destroy()
}

const refused = 'The address is not one of the public internet.'

/** Resolves a name as Node does, and fails when any of its addresses is not public. */
const lookupPublic: LookupFunction = (name, options, done) => {
  lookup(name, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
    const [first] = addresses ?? []
    if (error || !first) return done(error ?? new Error('no address'), '')
    if (!addresses.every(({ address }) => isPublicAddress(address))) return done(new AddressRefused(refused), '')
    if (options.all) done(null, addresses)
    else done(null, first.address, first.family)
  })
}

class AddressRefused extends Error {
  override readonly name = 'AddressRefused'
}

/** Why there was no answer, without anything that the other end said. */
function wordsFor(error: unknown): string {
  if (!(error instanceof Error)) return 'The connection failed.'
  if (error instanceof AddressRefused) return error.message
  if (error.name === 'AbortError' || error.name === 'TimeoutError') return 'There was no answer within 10 seconds.'
  const code = 'code' in error ? String(error.code) : ''
  return `The connection failed${/^[A-Z0-9_]{1,60}$/.test(code) ? `: ${code}` : ''}.`
}
