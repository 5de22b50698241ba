import { Agent, get } from 'node:http'

/** Milliseconds. */
export type Latencies = number[]

/** One connection that stays: what is measured is the answer, not the handshake. */
const agent = new Agent({ keepAlive: true, maxSockets: 1 })

/**
 * Asks every path of every server in turn, so that a slow moment of the machine hits each of them, after one round that
 * does not count. Every answer has to be a success.
 */
export async function askInTurn(
  servers: readonly string[],
  paths: readonly string[],
  rounds: number,
): Promise<Latencies[]> {
  const times: Latencies[] = servers.map(() => [])
  for (let round = -1; round < rounds; round++) {
    for (const path of paths) {
      for (const [index, server] of servers.entries()) {
        const taken = await ask(server + path)
        if (round >= 0) times[index]?.push(taken)
      }
    }
  }
  return times
}

/** Milliseconds from the request to the last byte. */
export function ask(url: string, headers: Record<string, string> = {}): Promise<number> {
  const started = performance.now()
  return new Promise((resolve, reject) => {
    get(url, { agent, headers }, (response) => {
      response.resume()
      response.once('end', () => {
        if (response.statusCode === 200) resolve(performance.now() - started)
        else reject(new Error(`${url} answered ${response.statusCode}`))
      })
      response.once('error', reject)
    }).once('error', reject)
  })
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * share) / 100))] ?? Number.NaN
}
