import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createClient } from '../packages/api/src/index.ts'
import type { Bench } from './bench.ts'
import { compare } from './measure.ts'
import { smallPackage } from './packages.ts'
import { freePort, serve } from './programs.ts'
import { reportFigure, reportRow } from './report.ts'
import { startOurRegistry, startVerdaccio } from './servers.ts'

const MB = 1_000_000

/** Resident memory: idle, and what one large publish adds at its peak. */
export async function benchMemory(bench: Bench): Promise<void> {
  const idle = await compare(
    {
      floor: async () => {
        const port = await freePort()
        const args = [join(import.meta.dirname, 'floors/express.mjs'), String(port), join(bench.scratch, 'floor.db')]
        const floor = await serve(process.execPath, args, { url: `http://127.0.0.1:${port}/` })
        return idleMemory(floor)
      },
      plexica: async () => idleMemory(await startOurRegistry(bench)),
      verdaccio: async () => idleMemory(await startVerdaccio(bench)),
    },
    3,
  )
  reportRow('memory, idle', 'MB', idle, [{ against: 'floor', most: 1.4 }])
  console.log('\nmemory that one publish adds at its peak')
  for (const [bytes, most] of [
    [20 * MB, 15],
    [45 * MB, 40],
  ] as const) {
    const registry = await startOurRegistry(bench)
    const client = createClient({ url: registry.url, token: registry.publisherKey, timeout: 120_000 })
    const publish = (body: Uint8Array) => client.publishPlugin({ query: {}, body: slices(body) })
    // What the first publish of all loads is not what this one costs.
    await publish(smallPackage('bench-warm', '1.0.0', 100_000))
    await pause(500)
    const before = residentMegabytes(registry.pid)
    resetPeak(registry.pid)
    await publish(smallPackage('bench-large', '1.0.0', bytes))
    reportFigure(`${bytes / MB} MB`, residentMegabytes(registry.pid, 'VmHWM') - before, 'MB', most)
    await registry.stop()
  }
}

async function idleMemory(server: { pid: number; stop(): Promise<void> }): Promise<number> {
  await pause(1_000)
  const megabytes = residentMegabytes(server.pid)
  await server.stop()
  return megabytes
}

function residentMegabytes(pid: number, field: 'VmRSS' | 'VmHWM' = 'VmRSS'): number {
  const line = readFileSync(`/proc/${pid}/status`, 'utf8').match(new RegExp(`${field}:\\s+(\\d+) kB`))
  return (Number(line?.[1]) * 1_024) / MB
}

/** Linux forgets the highest memory so far when 5 is written here (proc(5), `clear_refs`). */
function resetPeak(pid: number): void {
  writeFileSync(`/proc/${pid}/clear_refs`, '5')
}

async function* slices(body: Uint8Array) {
  for (let at = 0; at < body.length; at += 65_536) yield body.subarray(at, at + 65_536)
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}
