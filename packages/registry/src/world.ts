import type { Platform } from '@plexica/manifest-schema'
import type { Logger } from 'pino'
import type { BlobStore } from './blobs/blob-store.ts'
import type { Config } from './config.ts'
import type { Db } from './db/tables.ts'
import type { ReadyAnswers } from './http/ready-answers.ts'
import type { Metrics } from './operations/metrics.ts'
import type { DownloadCounts } from './publishing/download-counts.ts'
import type { Inspector } from './publishing/inspector.ts'

/** All that the features touch outside themselves, handed in when the process starts. */
export interface World {
  readonly config: Config
  readonly db: Db
  readonly blobs: BlobStore
  /** Folder for what is being received. */
  readonly staging: string
  readonly inspector: Inspector
  readonly downloads: DownloadCounts
  readonly metrics: Metrics
  readonly log: Logger
  readonly platform: Platform | undefined
  readonly ready: ReadyAnswers
  readonly now: () => Date
  /** Address under which people reach this registry, without a trailing slash. */
  readonly publicUrl: () => string
}
