import { type FSWatcher, readdirSync, statSync, watch } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { packageLayout as layout } from '@plexica/manifest-schema/validate'
import { failure } from '../failure.ts'

/** What changed since it was asked for last. */
export interface Changes {
  /** Absolute paths, in the order in which they changed first. */
  readonly paths: readonly string[]
  /** When the first was seen, as `performance.now()` tells it. */
  readonly since: number
}

export interface FolderWatch {
  /** Waits for a change, and until no more follow at once. Rejects when `signal` is aborted. */
  next(signal: AbortSignal): Promise<Changes>
  /** Looks which folders there are by now; `others` are watched beside those below the root. */
  follow(others: Iterable<string>): void
  close(): void
}

/** An editor's save and a formatter's are several events, milliseconds apart. */
const quietTime = 15
/** A program that writes without end may not keep everybody waiting, in milliseconds. */
const longestWait = 300

interface Watched {
  readonly watcher: FSWatcher
  /** The folder itself: another one may take its name. */
  readonly inode: number
}

/**
 * Watches a folder and those below it, but not packages, results and hidden folders. Each folder has a watcher of its
 * own: Node's recursive one would open every file of `node_modules`.
 */
export function watchFolders(root: string): FolderWatch {
  const watched = new Map<string, Watched>()
  const changed = new Set<string>()
  let since = 0
  let events = 0
  let wake: () => void = () => undefined

  const note = (path: string) => {
    if (changed.size === 0) since = performance.now()
    changed.add(path)
    events++
    wake()
  }
  const drop = (folder: string) => {
    watched.get(folder)?.watcher.close()
    watched.delete(folder)
  }
  const add = (folder: string) => {
    const inode = inodeOf(folder)
    if (watched.get(folder)?.inode === inode) return
    drop(folder)
    if (inode === undefined) return
    const watcher = startWatching(folder, (name) => note(name === null ? folder : join(folder, name)))
    // Where a removed folder is an error of its watcher.
    watcher.on('error', () => note(folder))
    watched.set(folder, { watcher, inode })
  }

  async function firstChange(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted()
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const stop = () => reject(signal.reason)
    wake = resolve
    signal.addEventListener('abort', stop, { once: true })
    await promise.finally(() => signal.removeEventListener('abort', stop))
  }

  return {
    async next(signal) {
      if (changed.size === 0) await firstChange(signal)
      for (let before = -1; before !== events || [...changed].some(isEmpty); ) {
        if (performance.now() - since > longestWait) break
        before = events
        await sleep(quietTime, undefined, { signal })
      }
      const paths = [...changed]
      changed.clear()
      return { paths, since }
    },
    follow(others) {
      const wanted = new Set([...foldersBelow(root, true), ...others])
      for (const folder of [...watched.keys()]) if (!wanted.has(folder)) drop(folder)
      for (const folder of wanted) add(folder)
    },
    close() {
      for (const folder of [...watched.keys()]) drop(folder)
    },
  }
}

function startWatching(folder: string, changed: (name: string | null) => void): FSWatcher {
  try {
    return watch(folder, (_, name) => changed(name))
  } catch (cause) {
    throw failure('watch_impossible', `\`${folder}\` cannot be watched: ${(cause as Error).message}.`, { cause })
  }
}

/** Programs empty a file before they write it, so one without content is most likely not written yet. */
function isEmpty(path: string): boolean {
  const found = statSync(path, { throwIfNoEntry: false })
  return found?.isFile() === true && found.size === 0
}

function inodeOf(folder: string): number | undefined {
  const found = statSync(folder, { throwIfNoEntry: false })
  return found?.isDirectory() ? found.ino : undefined
}

const results = layout.distFolder.replace(/\/$/, '')

/** A folder and all below it, as far as a plugin's sources may be there. One that went meanwhile has none. */
function foldersBelow(folder: string, isRoot = false): string[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true })
    const inside = entries.filter((entry) => {
      const { name } = entry
      return entry.isDirectory() && name !== 'node_modules' && !name.startsWith('.') && !(isRoot && name === results)
    })
    return [folder, ...inside.flatMap(({ name }) => foldersBelow(join(folder, name)))]
  } catch {
    return [folder]
  }
}
