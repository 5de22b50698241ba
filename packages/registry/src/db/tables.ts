import type { Generated, Kysely, Selectable, Transaction } from 'kysely'

/**
 * All tables on one page. The same on every engine: times are UTC ISO 8601 text, which sorts by time; JSON is text;
 * truth is 0 or 1.
 */
export interface Tables {
  plugins: PluginTable
  plugin_owners: { plugin_id: string; subject: string; added_at: string }
  versions: VersionRow
  channels: ChannelRow
  tombstones: TombstoneRow
  submissions: SubmissionRow
  api_keys: ApiKeyRow
  tenants: { id: string; name: string; created_at: string }
  installations: InstallationRow
  ratings: RatingRow
  rating_votes: RatingVoteRow
  rating_reports: RatingReportRow
  events: EventTable
  install_days: InstallDayRow
  word_beginnings: WordBeginningRow
}

export type Db = Kysely<Tables>
export type Trx = Transaction<Tables>

interface PluginTable {
  /** The search index's row. */
  number: Generated<number>
  id: string
  status: string
  /** By which ids that read alike are one; null only for those that were twins before it was asked. */
  canonical_id: string | null
  /** Not null: its owners advise against it. */
  deprecated_reason: string | null
  deprecated_successor: string | null
  deprecated_at: string | null
  deprecated_by: string | null
  /** The version whose manifest the listing shows: the highest published one, before that the newest. */
  listing_version: string
  /** What the channel `latest` means; null while it means nothing. */
  latest_version: string | null
  name: string
  description: string
  category: string
  tags: string
  author: string
  pricing: string
  price_type: string
  icon: string | null
  average_rating: number
  rating_count: number
  download_count: number
  install_count: number
  /** When something was first published; null while nothing is given out, so that no list shows the plugin. */
  published_at: string | null
  created_at: string
  updated_at: string
}

export type PluginRow = Selectable<PluginTable>

export interface VersionRow {
  plugin_id: string
  version: string
  digest: string
  /** SHA-256 in hex of the stored `.tar.gz`, which names its blob; `digest` names its content. */
  blob: string
  state: string
  /** Channel that it was published to; null leaves it to its number. */
  channel: string | null
  reason: string | null
  manifest: string
  readme: string | null
  changelog: string | null
  packed_bytes: number
  unpacked_bytes: number
  /** `PackageFile[]` */
  files: string
  /** `BundledDependency[]` */
  dependencies: string
  /** `Capabilities` */
  capabilities: string
  /** `Finding[]` */
  findings: string
  quality_score: number
  quality_out_of: number
  download_count: number
  published_by: string
  created_at: string
  published_at: string | null
}

/** A channel that somebody has set. */
export interface ChannelRow {
  plugin_id: string
  channel: string
  version: string
  set_by: string
  set_at: string
}

/** A version that was deleted. */
export interface TombstoneRow {
  plugin_id: string
  version: string
  digest: string
  reason: string
  deleted_by: string
  deleted_at: string
}

export interface SubmissionRow {
  id: string
  plugin_id: string
  version: string
  digest: string
  state: string
  /** What the reviewer saw: kept, although a later upload may replace the version's. */
  findings: string
  capabilities: string
  quality_score: number
  quality_out_of: number
  submitted_by: string
  submitted_at: string
  decided_by: string | null
  decided_at: string | null
  reason: string | null
}

export interface ApiKeyRow {
  id: string
  /** SHA-256 in hex of the whole key; the key itself is never stored. */
  hash: string
  subject: string
  role: string
  tenant_id: string | null
  description: string | null
  created_at: string
  expires_at: string | null
  revoked_at: string | null
}

export interface InstallationRow {
  tenant_id: string
  plugin_id: string
  version: string
  digest: string
  enabled: number
  configuration: string
  /** Secret values, each sealed by itself: name → sealed text. */
  secrets: string
  granted_permissions: string
  installed_by: string
  installed_at: string
  updated_at: string
}

export interface RatingRow {
  id: string
  plugin_id: string
  tenant_id: string
  subject: string
  stars: number
  review: string | null
  /** The version that the tenant had installed when the rating was last written. */
  version: string
  /** Of its votes; kept beside them so that lists sort by an index. */
  helpful_count: number
  not_helpful_count: number
  reply: string | null
  replied_by: string | null
  replied_at: string | null
  /** The first report that no moderator has decided about. */
  reported_at: string | null
  hidden_reason: string | null
  hidden_by: string | null
  /** Not null: neither shows nor counts. */
  hidden_at: string | null
  created_at: string
  updated_at: string
}

export interface RatingVoteRow {
  rating_id: string
  tenant_id: string
  subject: string
  helpful: number
  voted_at: string
}

export interface RatingReportRow {
  rating_id: string
  /** Empty for those without a tenant: it is part of the key. */
  tenant_id: string
  subject: string
  reason: string
  note: string | null
  reported_at: string
  decided_at: string | null
}

interface EventTable {
  /** In the order in which events can be read: whoever has seen one has seen all before it. */
  number: Generated<number>
  /** `EventType` */
  type: string
  actor: string
  happened_at: string
  plugin_id: string | null
  version: string | null
  tenant_id: string | null
  data: string
}

export type EventRow = Selectable<EventTable>

/** How often a plugin was installed on a day. */
export interface InstallDayRow {
  plugin_id: string
  /** UTC: `2026-03-31` */
  day: string
  installs: number
}

/** A beginning of a word of a published plugin's id or name; one that ends with a space is a whole word. */
export interface WordBeginningRow {
  beginning: string
  /** `popularityOf` its installs: in this order suggestions are read. */
  popularity: number
  /** The plugin's. */
  number: number
}
