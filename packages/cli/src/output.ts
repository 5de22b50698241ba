import { fstatSync, writeSync } from 'node:fs'

/** Standard output or standard error. */
export interface Output {
  /** Whether a person looks at it. */
  readonly isTerminal: boolean
  /** Characters in a line, of a terminal. */
  readonly columns: number | undefined
  /** All of it, before the call returns. A reader that has gone away is nobody's error: `plexica search x | head`. */
  write(text: string): void
}

/**
 * Node's own streams load the network code, a tenth of the start of a short command, and may lose what is left in a
 * pipe when the process exits. They are used for terminals alone; files and pipes are written directly.
 */
export function openOutput(name: 'stdout' | 'stderr'): Output {
  const descriptor = name === 'stdout' ? 1 : 2
  // The null device is a character device too, but no terminal.
  const isTerminal = isCharacterDevice(descriptor) && process[name].isTTY === true
  let closed = false
  return {
    isTerminal,
    get columns() {
      return isTerminal ? process[name].columns : undefined
    },
    write(text) {
      if (isTerminal) process[name].write(text)
      else if (!closed) closed = !writeAll(descriptor, Buffer.from(text))
    },
  }
}

/** False when nobody reads any more. */
function writeAll(descriptor: number, bytes: Buffer): boolean {
  for (let written = 0; written < bytes.length; ) {
    try {
      written += writeSync(descriptor, bytes, written)
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === 'EPIPE') return false
      if (code !== 'EAGAIN') throw error
      // A pipe that somebody made non-blocking is full.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5)
    }
  }
  return true
}

function isCharacterDevice(descriptor: number): boolean {
  try {
    return fstatSync(descriptor).isCharacterDevice()
  } catch {
    // Closed by whoever started this process.
    return false
  }
}
