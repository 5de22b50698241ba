import type { Platform } from '@plexica/manifest-schema'
import type { Logger } from 'pino'
import type { AuditLog } from './audit/audit-log.ts'
import type { KeyUses } from './auth/key-uses.ts'
import type { TokenIssuers } from './auth/token-issuers.ts'
import type { BlobStore } from './blobs/blob-store.ts'
import type { Config } from './config.ts'
import type { Db } from './db/tables.ts'
import type { EventBus } from './events/event-bus.ts'
import type { StreamSlots } from './events/stream-slots.ts'
import type { ReadyAnswers } from './http/ready-answers.ts'
import type { Metrics } from './operations/metrics.ts'
import type { DownloadCounts } from './publishing/download-counts.ts'
import type { Inspector } from './publishing/inspector.ts'
import type { Limiter } from './rate-limits/limiter.ts'
import type { ReviewPolicy } from './review/review-policy.ts'

/** All that the features touch outside themselves, handed in when the process starts. */
export interface World {
  readonly config: Config
  readonly db: Db
  readonly blobs: BlobStore
  /** Folder for what is being received. */
  readonly staging: string
  readonly inspector: Inspector
  readonly downloads: DownloadCounts
  readonly audit: AuditLog
  readonly keyUses: KeyUses
  readonly issuers: TokenIssuers
  readonly limiter: Limiter
  readonly metrics: Metrics
  readonly log: Logger
  readonly platform: Platform | undefined
  /** By which submissions are approved automatically; none are without it. */
  readonly reviewPolicy: ReviewPolicy | undefined
  readonly ready: ReadyAnswers
  /** Wakes those who follow the events, in this process and others. */
  readonly bus: EventBus
  readonly streams: StreamSlots
  readonly now: () => Date
  /** Address under which people reach this registry, without a trailing slash. */
  readonly publicUrl: () => string
}
