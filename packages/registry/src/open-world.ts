import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Platform, readPlatform } from '@plexica/manifest-schema'
import { type Logger, pino } from 'pino'
import { AuditLog } from './audit/audit-log.ts'
import { KeyUses } from './auth/key-uses.ts'
import { TokenIssuers } from './auth/token-issuers.ts'
import type { BlobStore } from './blobs/blob-store.ts'
import { stagingFolder } from './blobs/disk-blobs.ts'
import { openBlobs } from './blobs/open-blobs.ts'
import type { Config, DatabaseLocation, StorageLocation } from './config.ts'
import { connect } from './db/connect.ts'
import { migrate } from './db/migrate.ts'
import type { Db } from './db/tables.ts'
import { EventBus } from './events/event-bus.ts'
import { StreamSlots } from './events/stream-slots.ts'
import { ReadyAnswers } from './http/ready-answers.ts'
import { Metrics } from './operations/metrics.ts'
import { DownloadCounts } from './publishing/download-counts.ts'
import { Inspector } from './publishing/inspector.ts'
import { Limiter } from './rate-limits/limiter.ts'
import { type ReviewPolicy, readReviewPolicy } from './review/review-policy.ts'
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
  log: Logger = pino({ level: config.logLevel }, toStdout()),
  now: () => Date = () => new Date(),
): Promise<{ world: World; close: () => Promise<void> }> {
  const platform = await openPlatform(config.platformFile)
  const reviewPolicy = await openReviewPolicy(config.reviewPolicyFile)
  const blobs = await openBlobStore(config.storage)
  const db = openDatabase(config.database)
  const inspector = new Inspector({ platform })
  const ready = new ReadyAnswers(readyBytes)
  const bus = new EventBus({ db, location: config.database, ready, log })
  const close = async () => {
    await bus.stop()
    await inspector.close()
    await db.destroy()
  }
  try {
    await migrate(db)
  } catch (error) {
    await close()
    throw cannotOpenDatabase(error)
  }
  const world: World = {
    config,
    db,
    blobs,
    staging: stagingOf(config.storage),
    inspector,
    downloads: new DownloadCounts(),
    audit: new AuditLog(db, log),
    keyUses: new KeyUses(),
    issuers: new TokenIssuers(config),
    limiter: new Limiter(db, config.rateLimits),
    metrics: new Metrics(),
    log,
    platform,
    reviewPolicy,
    ready,
    bus,
    streams: new StreamSlots(),
    now,
    publicUrl,
  }
  return { world, close }
}

/** Throws `CannotOpen`. */
export async function openBlobStore(storage: StorageLocation): Promise<BlobStore> {
  return openBlobs(storage).catch((error: Error) => {
    throw new CannotOpen(
      `The blob store cannot be opened: ${error.message} Check PLEXICA_STORAGE_URL and that this user may write there.`,
      { cause: error },
    )
  })
}

/** Opens the database without looking at what is in it. Throws `CannotOpen`. */
export function openDatabase(location: DatabaseLocation): Db {
  try {
    return connect(location)
  } catch (error) {
    throw cannotOpenDatabase(error)
  }
}

export function cannotOpenDatabase(error: unknown): CannotOpen {
  const reason = error instanceof Error ? error.message : String(error)
  return new CannotOpen(
    `The database cannot be opened: ${reason}. Check PLEXICA_DATABASE_URL and that this user may write there.`,
    { cause: error },
  )
}

/**
 * Written beside the requests, so that lines of a busy moment go out together: one write for each line would cost a
 * quarter of all downloads. What is still in memory is written when the process ends, but not when it is killed.
 */
function toStdout() {
  return pino.destination({ dest: 1, sync: false })
}

/** In the blobs' own file system where there is one: what has been received is then stored without copying it. */
function stagingOf(storage: StorageLocation): string {
  return storage.kind === 'disk' ? join(storage.folder, stagingFolder) : join(tmpdir(), 'plexica-staging')
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

async function openReviewPolicy(file: string | undefined): Promise<ReviewPolicy | undefined> {
  if (file === undefined) return undefined
  const text = await readFile(file, 'utf8').catch((error: Error) => {
    throw new CannotOpen(`PLEXICA_REVIEW_POLICY_FILE cannot be read: ${error.message}`, { cause: error })
  })
  const read = readReviewPolicy(text)
  if ('policy' in read) return read.policy
  throw new CannotOpen(read.problems.map((problem) => `${file}: ${problem}`).join('\n'))
}
