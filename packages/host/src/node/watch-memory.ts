import { readFile } from 'node:fs/promises'

/** Milliseconds between two looks. */
const interval = 50
/** Bytes of a page of memory, in which Linux counts; other sizes exist on other processors, and are larger. */
const page = 4_096

/**
 * Calls back once when a process takes more than so many megabytes. V8's own limit counts objects alone: the bytes of
 * buffers are outside of its heap. Linux tells of another process in `/proc`; elsewhere nobody watches.
 *
 * @returns how to stop.
 */
export function watchMemory(pid: number, megabytes: number, exceeded: () => void): () => void {
  const timer = setInterval(async () => {
    const statm = await readFile(`/proc/${pid}/statm`, 'latin1').catch(() => '')
    const resident = Number(statm.split(' ')[1] ?? 0) * page
    if (resident <= megabytes * 1_000_000) return
    clearInterval(timer)
    exceeded()
  }, interval)
  timer.unref()
  return () => clearInterval(timer)
}
