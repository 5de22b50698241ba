import { decodeJwt } from 'jose'
import type { PageSettings } from './page-settings.ts'

/** Seconds before its end from which a token is renewed. */
const early = 60

/** The token of this page, renewed when it is needed and about to end, for as long as the page is open. */
export function createPageToken({ page, token: first }: PageSettings): () => Promise<string> {
  let token = Promise.resolve(first)
  let renewAt = endOf(first) - early

  async function renewed(): Promise<string> {
    const response = await fetch(`/api/token?page=${page}`)
    if (!response.ok) throw new Error(`The shop gives no token: ${response.status}.`)
    const answer: { token: string } = await response.json()
    renewAt = endOf(answer.token) - early
    return answer.token
  }

  return () => {
    if (Date.now() / 1_000 < renewAt) return token
    // Whoever asks meanwhile waits for the same; when it fails, the next one tries again.
    renewAt = Number.POSITIVE_INFINITY
    token = renewed().catch((error) => {
      renewAt = 0
      throw error
    })
    return token
  }
}

function endOf(token: string): number {
  return decodeJwt(token).exp ?? 0
}
