import { Socket } from 'node:net'
import helmet from 'helmet'
import { IncomingMessage, ServerResponse } from './node-http.ts'

/**
 * The headers of answers that are data, as OWASP's REST Security sheet lists them: were one opened as a page, it may
 * load and run nothing. What only pages need stands with the pages. Registries may run without TLS inside a network,
 * so nothing demands it.
 */
export const secure = helmet({
  contentSecurityPolicy: { useDefaults: false, directives: { 'default-src': "'none'", 'frame-ancestors': "'none'" } },
  crossOriginOpenerPolicy: false,
  originAgentCluster: false,
  strictTransportSecurity: false,
  xDnsPrefetchControl: false,
  xDownloadOptions: false,
  xFrameOptions: false,
  xPermittedCrossDomainPolicies: false,
  xXssProtection: false,
})

/** The same headers once and for all, for answers that do not pass through the middleware. */
export const securityHeaders: Readonly<Record<string, string>> = headersOfSecure()

function headersOfSecure(): Record<string, string> {
  const response = new ServerResponse(new IncomingMessage(new Socket()))
  secure(response.req, response, () => {})
  return Object.fromEntries(Object.entries(response.getHeaders()).map(([name, value]) => [name, String(value)]))
}
