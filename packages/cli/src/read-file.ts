import { closeSync, fstatSync, openSync, readSync } from 'node:fs'

/**
 * A file's text without a byte order mark; undefined when there is no such file. Reads at most `limit + 1` bytes, so
 * that whoever checks the length afterwards sees that it is too long, whatever the file's size.
 */
export function readTextFile(path: string, limit: number): string | undefined {
  return readFileUpTo(path, limit)
    ?.toString('utf8')
    .replace(/^\uFEFF/, '')
}

/**
 * A file's bytes, at most `limit + 1` of them; undefined when there is no such file. Not asynchronous: for a few small
 * files, starting the threads that do it takes longer than doing it.
 */
export function readFileUpTo(path: string, limit: number): Buffer | undefined {
  let file: number
  try {
    file = openSync(path, 'r')
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
  try {
    const buffer = Buffer.allocUnsafe(Math.min(fstatSync(file).size, limit + 1))
    let length = 0
    while (length < buffer.length) {
      const read = readSync(file, buffer, length, buffer.length - length, null)
      if (read === 0) break
      length += read
    }
    return buffer.subarray(0, length)
  } finally {
    closeSync(file)
  }
}

/** Whether an error of the file system says that there is nothing of that name. */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')
}
