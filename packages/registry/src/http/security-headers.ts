import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import helmet from 'helmet'

/** Sets helmet's headers. Registries may run without TLS inside a network, so nothing demands it. */
export const secure = helmet({
  contentSecurityPolicy: { directives: { 'upgrade-insecure-requests': null } },
  hsts: false,
})

/** The same headers once and for all, for answers that do not pass through the middleware. */
export const securityHeaders: Readonly<Record<string, string>> = headersOfSecure()

function headersOfSecure(): Record<string, string> {
  const response = new ServerResponse(new IncomingMessage(new Socket()))
  secure(response.req, response, () => {})
  return Object.fromEntries(Object.entries(response.getHeaders()).map(([name, value]) => [name, String(value)]))
}
