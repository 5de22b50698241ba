import { readFile } from 'node:fs/promises'

/** Milliseconds between two looks. */
const interval = 50

/**
 * Calls back once when a process takes more than so many megabytes. V8's own limit counts objects alone: the bytes of
 * buffers are outside of its heap. Linux tells of another process in `/proc`; elsewhere nobody watches.
 *
 * @returns how to stop.
 */
export function watchMemory(pid: number, megabytes: number, exceeded: () => void): () => void {
  const timer = setInterval(async () => {
    const status = await readFile(`/proc/${pid}/status`, 'latin1').catch(() => '')
    const resident = Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0)
    if (resident <= megabytes * 1024) return
    clearInterval(timer)
    exceeded()
  }, interval)
  timer.unref()
  return () => clearInterval(timer)
}
