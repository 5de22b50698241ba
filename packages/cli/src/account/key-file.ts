import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
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
export async function readKey(env: Env, apiUrl: string): Promise<{ key: string; where: string } | undefined> {
  const key = (await readKeys(env))[apiUrl]
  return key === undefined ? undefined : { key, where: keyFile(env) }
}

/** Stores the key for this registry, in a file that only this person can read. Gives the file's path. */
export async function storeKey(env: Env, apiUrl: string, key: string): Promise<string> {
  return writeKeys(env, { ...(await readKeys(env)), [apiUrl]: key })
}

/** Forgets the key for this registry. False when there was none. */
export async function forgetKey(env: Env, apiUrl: string): Promise<boolean> {
  const { [apiUrl]: forgotten, ...rest } = await readKeys(env)
  if (forgotten === undefined) return false
  await writeKeys(env, rest)
  return true
}

async function readKeys(env: Env): Promise<Record<string, string>> {
  try {
    const keys: unknown = JSON.parse(await readFile(keyFile(env), 'utf8'))
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
async function writeKeys(env: Env, keys: Record<string, string>): Promise<string> {
  const file = keyFile(env)
  const draft = `${file}.${process.pid}.tmp`
  await mkdir(userFolder(env), { recursive: true, mode: 0o700 })
  try {
    await writeFile(draft, `${JSON.stringify(keys, null, 2)}\n`, { mode: 0o600, flag: 'wx' })
    await rename(draft, file)
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  }
  return file
}
