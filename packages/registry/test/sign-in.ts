import type { Session } from '@plexica/api'
import { expect } from 'vitest'
import type { TestRegistry } from './test-registry.ts'

/** A browser's word that a page of the registry's own sends the request. */
export const fromOwnPage = { 'sec-fetch-site': 'same-origin' }

/** Signs a browser in, as the page's script does. */
export async function signIn(
  { url }: Pick<TestRegistry, 'url'>,
  token: string,
  headers: Record<string, string> = fromOwnPage,
) {
  const response = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ token }),
  })
  const setCookie = response.headers.get('set-cookie')
  return {
    response,
    setCookie,
    /** What the browser sends from now on. */
    cookie: setCookie?.split(';')[0] ?? '',
    answer: (await response.json()) as Session & { code?: string },
  }
}

/** The same, which has to work. */
export async function signedIn(registry: Pick<TestRegistry, 'url'>, token: string) {
  const signed = await signIn(registry, token)
  expect(signed.response.status).toBe(201)
  return signed
}
