import { readFile, rename, writeFile } from 'node:fs/promises'
import type { Data } from '@puckeditor/core'
import { starterPage } from './starter-page.ts'

/** The page that visitors see and people write in the editor. */
export interface PageStore {
  read(): Data
  write(page: Data): Promise<void>
}

/** Keeps the page in memory and in a file. Without the file it begins with the starter page. */
export async function openPageStore(file: string): Promise<PageStore> {
  let page = await readPage(file)
  let written: Promise<unknown> = Promise.resolve()
  return {
    read: () => page,
    write(next) {
      page = next
      // One after the other, and each whole or not at all.
      const write = async () => {
        await writeFile(`${file}.new`, JSON.stringify(next, null, 2))
        await rename(`${file}.new`, file)
      }
      const done = written.then(write, write)
      written = done
      return done
    },
  }
}

/** Whether it has the form of page data. What stands in it is nobody's business here: plugins' blocks come and go. */
export function isPage(value: unknown): value is Data {
  if (typeof value !== 'object' || value === null) return false
  const { root, content, zones = {} }: Record<string, unknown> = { ...value }
  const isRecord = (part: unknown) => typeof part === 'object' && part !== null && !Array.isArray(part)
  return isRecord(root) && isRecord(zones) && Array.isArray(content) && content.every(isBlock)
}

function isBlock(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  const { type, props }: Record<string, unknown> = { ...value }
  return typeof type === 'string' && typeof props === 'object' && props !== null
}

async function readPage(file: string): Promise<Data> {
  try {
    return JSON.parse(await readFile(file, 'utf8'))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return starterPage
    throw error
  }
}
