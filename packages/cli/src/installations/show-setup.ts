import type { Client, VersionDetail } from '@plexica/api'
import type { Context } from '../context.ts'

/** A page or two; whatever is longer is cut off. */
const mostBytes = 64 * 1024

/** What the plugin's author wants to be read after the installation. It is in the package, in front of all code. */
export async function showSetup(client: Client, detail: VersionDetail, context: Context): Promise<void> {
  const { setup } = detail.manifest
  if (setup === undefined || context.json) return
  try {
    const text = await readFromPackage(client, detail, setup, context.signal)
    if (text) context.console.prose(`\n${text.trim()}`)
  } catch {
    context.signal.throwIfAborted()
    // The plugin is installed; that is what was asked for.
    context.console.warn(`The setup text (${setup}) cannot be read from the package.`)
  }
}

async function readFromPackage(
  client: Client,
  { pluginId, version }: VersionDetail,
  file: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  const [{ readArchive }, answer] = await Promise.all([
    import('@plexica/inspect'),
    client.getPackage({ params: { pluginId, version }, signal }),
  ])
  const parts: Buffer[] = []
  let read = false
  const reader = {
    data: (chunk: Buffer) => {
      parts.push(Buffer.from(chunk))
    },
    end: () => {
      read = true
    },
  }
  /** No more than is needed. */
  async function* beginning() {
    for await (const chunk of answer.body ?? []) {
      if (read) return
      yield chunk
    }
  }
  await readArchive(beginning(), (path, bytes) => (path === file && bytes <= mostBytes ? reader : undefined))
  return read ? Buffer.concat(parts).toString('utf8') : undefined
}
