import { type Command, command, type Terminal, UsageError } from '../command.ts'
import { type Config, readConfig } from '../config.ts'
import type { MoveTarget, Transferred } from './move-registry.ts'

const json = { meaning: 'Print one JSON object' } as const
const path = (meaning: string) => ({ value: 'PATH', required: true, place: 1, meaning }) as const

/** Commands that bring a whole registry somewhere else. */
export const transferCommands: Readonly<Record<string, Command>> = {
  backup: command({
    summary: 'Write rows and blobs as they are at one moment into a new folder, while the registry runs',
    options: { path: path('The folder to make'), json },
    run: async (config, values, terminal) => {
      const { backUp } = await import('./back-up.ts')
      const done = await backUp(config, values.path, { now: new Date(), say: terminal.say })
      tell(terminal, values.json, done, `are in ${values.path}`)
    },
  }),
  restore: command({
    summary: 'Bring a backup into an empty registry, on SQLite or PostgreSQL, on disk or S3',
    options: { path: path('The folder that backup made'), json },
    run: async (config, values, terminal) => {
      const { restoreBackup } = await import('./restore-backup.ts')
      tell(terminal, values.json, await restoreBackup(config, values.path, terminal.say), 'were restored')
    },
  }),
  move: command({
    summary:
      'Copy a registry that is stopped to another database, another blob store or both; the source stays as it is',
    options: {
      to: { value: 'URL', meaning: 'Database to move to, written as PLEXICA_DATABASE_URL is' },
      storage: { value: 'URL', meaning: 'Blob store to move to, written as PLEXICA_STORAGE_URL is' },
      json,
    },
    run: async (config, values, terminal) => {
      const target = targetOf(values)
      terminal.say('The registry has to be stopped while it moves; what is written meanwhile makes the move fail.')
      const { moveRegistry } = await import('./move-registry.ts')
      const done = await moveRegistry(config, target, terminal.say)
      tell(terminal, values.json, done, 'were copied and compared')
      terminal.say('Set PLEXICA_DATABASE_URL and PLEXICA_STORAGE_URL to the new places and start.')
    },
  }),
}

/** The addresses are checked as the settings are; what they hold is never repeated. */
function targetOf({ to, storage }: { to: string | undefined; storage: string | undefined }): MoveTarget {
  if (to === undefined && storage === undefined) throw new UsageError(['--to or --storage is missing: say where to.'])
  const read = readConfig({ PLEXICA_DATABASE_URL: to, PLEXICA_STORAGE_URL: storage })
  if ('problems' in read) {
    throw new UsageError(
      read.problems.map((problem) =>
        problem.replace('PLEXICA_DATABASE_URL', '--to').replace('PLEXICA_STORAGE_URL', '--storage'),
      ),
    )
  }
  const { database, storage: blobs }: Config = read.config
  return { ...(to === undefined ? {} : { database }), ...(storage === undefined ? {} : { storage: blobs }) }
}

function tell(terminal: Terminal, asJson: boolean, done: Transferred, words: string): void {
  if (asJson) {
    terminal.print(JSON.stringify(done))
    return
  }
  const tables = Object.keys(done.tables).length
  terminal.print(
    `${done.rows} rows of ${tables} tables and ${done.blobs.count} blobs with ${done.blobs.bytes} bytes ${words}.`,
  )
}
