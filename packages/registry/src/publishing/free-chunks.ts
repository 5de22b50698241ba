import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** Chunks whose memory may wait to be freed, in bytes. */
const step = 2 * 1024 * 1024

/**
 * A stream's chunks lie outside V8's heap, which therefore sees no reason to free them: 20 MB that flow through leave
 * 20 MB behind for a while. What this gives is told the size of each chunk, and has V8 clear its young generation
 * every few megabytes, which takes about 0.3 ms.
 */
export function freeChunks(): (bytes: number) => void {
  let waiting = 0
  return (bytes) => {
    waiting += bytes
    if (waiting < step) return
    waiting = 0
    collect?.({ type: 'minor' })
  }
}

const collect = collector()

/** V8's own function, which is there for those who ask for it by a flag. */
function collector(): ((options: { type: 'minor' }) => void) | undefined {
  if (globalThis.gc) return globalThis.gc
  setFlagsFromString('--expose-gc')
  const found: unknown = runInNewContext('globalThis.gc')
  setFlagsFromString('--no-expose-gc')
  return typeof found === 'function' ? (options) => found(options) : undefined
}
