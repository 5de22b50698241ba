import { readFile } from 'node:fs/promises'
import { type Platform, readPlatform } from '@plexica/manifest-schema'
import { pino } from 'pino'
import { openBlobs } from './blobs/open-blobs.ts'
import type { Config } from './config.ts'
import { connect } from './db/connect.ts'
import { migrate } from './db/migrate.ts'
import { ReadyAnswers } from './http/ready-answers.ts'
import type { World } from './world.ts'

/** Memory for hot answers: a few hundred bundles. */
const readyBytes = 32 * 1024 * 1024

/** A part of the registry that could not be opened, said in words for the person who starts it. */
export class CannotOpen extends Error {
  override readonly name = 'CannotOpen'
}

/** Opens database, blob store and platform, and migrates. Throws `CannotOpen`, with nothing left open. */
export async function openWorld(
  config: Config,
  publicUrl: () => string,
): Promise<{ world: World; close: () => Promise<void> }> {
  const log = pino({ level: config.logLevel })
  const platform = await openPlatform(config.platformFile)
  const blobs = await openBlobs(config.storage).catch((error: Error) => {
    throw new CannotOpen(`The blob store cannot be opened: ${error.message}`, { cause: error })
  })
  const db = connect(config.database)
  const close = () => db.destroy()
  try {
    await migrate(db)
  } catch (error) {
    await close()
    throw new CannotOpen(`The database cannot be opened: ${(error as Error).message}`, { cause: error })
  }
  return { world: { config, db, blobs, log, platform, ready: new ReadyAnswers(readyBytes), now: () => new Date(), publicUrl }, close }
}

async function openPlatform(file: string | undefined): Promise<Platform | undefined> {
  if (file === undefined) return undefined
  const text = await readFile(file, 'utf8').catch((error: Error) => {
    throw new CannotOpen(`PLEXICA_PLATFORM_FILE cannot be read: ${error.message}`, { cause: error })
  })
  const { platform, findings } = readPlatform(text, file)
  if (platform) return platform
  throw new CannotOpen(
    findings.map(({ path, line, message, fix }) => `${path}:${line ?? 1} ${message} ${fix}`).join('\n'),
  )
}
