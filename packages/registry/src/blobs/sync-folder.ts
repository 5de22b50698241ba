import { open } from 'node:fs/promises'

/** Gets the names in a folder onto the disk. Windows cannot open folders; there the journal of the file system has to do. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(path)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
