import { open } from 'node:fs/promises'

/**
 * A file's text without a byte order mark; undefined when there is no such file. Reads at most `limit + 1` bytes, so
 * that whoever checks the length afterwards sees that it is too long, whatever the file's size.
 */
export async function readTextFile(path: string, limit: number): Promise<string | undefined> {
  const bytes = await readFileUpTo(path, limit)
  return bytes?.toString('utf8').replace(/^\uFEFF/, '')
}

/** A file's bytes, at most `limit + 1` of them; undefined when there is no such file. */
export async function readFileUpTo(path: string, limit: number): Promise<Buffer | undefined> {
  let file: Awaited<ReturnType<typeof open>>
  try {
    file = await open(path)
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
  try {
    const { size } = await file.stat()
    const buffer = Buffer.allocUnsafe(Math.min(size, limit + 1))
    let length = 0
    while (length < buffer.length) {
      const { bytesRead } = await file.read(buffer, length, buffer.length - length)
      if (bytesRead === 0) break
      length += bytesRead
    }
    return buffer.subarray(0, length)
  } finally {
    await file.close()
  }
}

/** Whether an error of the file system says that there is nothing of that name. */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')
}
