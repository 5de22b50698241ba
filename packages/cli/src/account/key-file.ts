import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { isMissing } from '../read-file.ts'

type Env = Readonly<Record<string, string | undefined>>

/** Where this person's settings and keys are kept, by the platform's own custom. */
export function userFolder(env: Env): string {
  if (env.XDG_CONFIG_HOME) return join(env.XDG_CONFIG_HOME, 'plexica')
  if (process.platform === 'win32') return join(env.APPDATA ?? join(homedir(), 'AppData', 'Roaming'), 'plexica')
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'plexica')
  return join(homedir(), '.config', 'plexica')
}

function keyFile(env: Env): string {
  return join(userFolder(env), 'keys.json')
}

/** The key that `plexica login` stored for this registry. A damaged file counts as no key. */
export function readKey(env: Env, apiUrl: string): { key: string; where: string } | undefined {
  const key = readKeys(env)[apiUrl]
  return key === undefined ? undefined : { key, where: keyFile(env) }
}

/** Stores the key for this registry, in a file that only this person can read. Gives the file's path. */
export function storeKey(env: Env, apiUrl: string, key: string): string {
  return writeKeys(env, { ...readKeys(env), [apiUrl]: key })
}

/** Forgets the key for this registry. False when there was none. */
export function forgetKey(env: Env, apiUrl: string): boolean {
  const { [apiUrl]: forgotten, ...rest } = readKeys(env)
  if (forgotten === undefined) return false
  writeKeys(env, rest)
  return true
}

function readKeys(env: Env): Record<string, string> {
  try {
    const keys: unknown = JSON.parse(readFileSync(keyFile(env), 'utf8'))
    if (typeof keys !== 'object' || keys === null) return {}
    return Object.fromEntries(
      Object.entries(keys).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
    )
  } catch (error) {
    if (isMissing(error) || error instanceof SyntaxError) return {}
    throw error
  }
}

/** Whole or not at all: a file beside it is renamed over it. */
function writeKeys(env: Env, keys: Record<string, string>): string {
  const file = keyFile(env)
  const draft = `${file}.${process.pid}.tmp`
  mkdirSync(userFolder(env), { recursive: true, mode: 0o700 })
  try {
    writeFileSync(draft, `${JSON.stringify(keys, null, 2)}\n`, { mode: 0o600, flag: 'wx' })
    renameSync(draft, file)
  } catch (error) {
    rmSync(draft, { force: true })
    throw error
  }
  return file
}
