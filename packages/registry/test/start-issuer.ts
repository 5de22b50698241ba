import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, exportSPKI, generateKeyPair, type JWTHeaderParameters, type JWTPayload, SignJWT } from 'jose'

/** An issuer of tokens on loopback: discovery, public keys, and what it signs. */
export async function startIssuer() {
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true })
  const jwk = { ...(await exportJWK(publicKey)), kid: 'first', alg: 'ES256', use: 'sig' }
  let url = ''
  let server: Server
  let asked = 0
  const listen = async (port: number) => {
    server = createServer((request, response) => {
      asked++
      const documents: Record<string, unknown> = {
        '/.well-known/openid-configuration': { issuer: url, jwks_uri: `${url}/keys` },
        '/keys': { keys: [jwk] },
      }
      const document = documents[request.url ?? '']
      response.writeHead(document ? 200 : 404, { 'content-type': 'application/json' }).end(JSON.stringify(document))
    })
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  }
  await listen(0)

  return {
    get url() {
      return url
    },
    /** How often anything was fetched from it. */
    get asked() {
      return asked
    },
    publicKeyText: await exportSPKI(publicKey),
    privateKey,
    /** A token of ten minutes; a claim or a part of the head that is undefined is left out. */
    sign(claims: Record<string, unknown>, head: Partial<JWTHeaderParameters> = {}): Promise<string> {
      const seconds = Math.floor(Date.now() / 1_000)
      return new SignJWT({ iss: url, aud: 'plexica', iat: seconds, exp: seconds + 600, ...claims } as JWTPayload)
        .setProtectedHeader({ alg: 'ES256', kid: 'first', ...head })
        .sign(privateKey)
    },
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
    /** On the port that it had. */
    restart: () => listen(Number(new URL(url).port)),
  }
}

export type TestIssuer = Awaited<ReturnType<typeof startIssuer>>
