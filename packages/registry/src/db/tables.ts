import type { Generated, Kysely, Selectable, Transaction } from 'kysely'

/**
 * All tables on one page. The same on every engine: times are UTC ISO 8601 text, which sorts by time; JSON is text;
 * truth is 0 or 1.
 */
export interface Tables {
  plugins: PluginTable
  plugin_owners: { plugin_id: string; subject: string; added_at: string }
  /** Tenants to which a private plugin was granted; of a public one they are kept and mean nothing. */
  plugin_tenants: { plugin_id: string; tenant_id: string; granted_by: string; granted_at: string }
  versions: VersionTable
  channels: ChannelRow
  tombstones: TombstoneRow
  submissions: SubmissionRow
  api_keys: ApiKeyRow
  sessions: SessionRow
  tenants: { id: string; name: string; created_at: string }
  installations: InstallationRow
  installation_history: HistoryTable
  ratings: RatingRow
  rating_votes: RatingVoteRow
  rating_reports: RatingReportRow
  events: EventTable
  plugin_days: PluginDayRow
  counted_installations: { tenant_id: string; plugin_id: string; enabled: number }
  advisories: AdvisoryRow
  advisory_packages: { advisory_id: string; position: number; package: string; affected: string }
  version_advisories: VersionAdvisoryRow
  trusted_publishers: TrustedPublisherRow
  spent_tokens: SpentTokenRow
  audit: AuditRow
  rate_limits: RateLimitRow
  event_cursors: { follower: string; number: number }
  webhooks: WebhookRow
  webhook_deliveries: DeliveryRow
  notifications: NotificationTable
  notification_reads: { notification: number; subject: string; read_at: string }
  /** What is being looked at for deletion, across processes. */
  blob_sweeps: { name: string; began_at: string }
  search_beginnings: WordBeginningRow
  telemetry_times: TelemetryTimeRow
  telemetry_errors: TelemetryErrorRow
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
  /** The first of the listing's: `{path, alt}` in JSON. */
  screenshot: string | null
  average_rating: number
  rating_count: number
  download_count: number
  install_count: number
  /** When something was first published; null while nothing is given out, so that no list shows the plugin. */
  published_at: string | null
  /** `public`, or `private`: for its owners, super-admins and the tenants in `plugin_tenants` alone. */
  visibility: Generated<string>
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

interface VersionTable extends VersionRow {
  /** Since when it has been withdrawn; null while it is not. */
  yanked_at: Generated<string | null>
  /** Not null: its package and files are given out no more, and their blobs go with the next sweep. */
  blob_removed_at: Generated<string | null>
}

/** A version as it stands in its table. */
export type StoredVersionRow = Selectable<VersionTable>

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
  /** A subject, or `policy:` and a rule's name. */
  decided_by: string | null
  decided_at: string | null
  reason: string | null
  /** The reviewer who looks at it; holds for a while from `claimed_at`. */
  claimed_by: string | null
  claimed_at: string | null
  /** Orders the queue; as it was when it was submitted. */
  risk: number
  /** `RaisedPoint[]` of its rejection. */
  points: string
  /** `PointMarks`: what reviewers said of the points of the rejection before. */
  point_marks: string
}

export interface ApiKeyRow {
  id: string
  /** SHA-256 in hex of the whole key; the key itself is never stored. */
  hash: string
  subject: string
  role: string
  tenant_id: string | null
  /** `KeyPermission[]` that it was narrowed to. */
  permissions: string | null
  /** Ids of the plugins that it was narrowed to, in JSON. */
  plugins: string | null
  /** 1: its plugins trust the pipeline that holds it, which need not own them. */
  trusted: number
  description: string | null
  created_at: string
  last_used_at: string | null
  expires_at: string | null
  revoked_at: string | null
}

/** A browser that has signed in. */
export interface SessionRow {
  /** SHA-256 in hex of what the cookie holds. */
  hash: string
  /** Null for one that began with a token; whom that named stands in the next three, which are null for a key. */
  key_id: string | null
  subject: string | null
  role: string | null
  tenant_id: string | null
  created_at: string
  expires_at: string
}

/** A pipeline that may publish a plugin. */
export interface TrustedPublisherRow {
  plugin_id: string
  /** Its place in the plugin's list, from 0. */
  place: number
  issuer: string
  /** `repository=acme/widget`: the claim by which it is found. */
  anchor: string
  /** All claims that have to match, name → value. */
  claims: string
  added_by: string
  added_at: string
}

/** A token that has been exchanged. */
export interface SpentTokenRow {
  /** SHA-256 in hex of its issuer and `jti`. */
  hash: string
  expires_at: string
}

/** A bucket of requests that several processes share. */
export interface RateLimitRow {
  bucket: string
  /** When it is full again, in milliseconds since 1970. */
  full_at: number
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
  /** `KeptExperiment`; null while none runs. */
  experiment: string | null
  /** 1: the tenant wants it in frames of its own, whatever the plugin asks for. */
  sandboxed: number
}

interface HistoryTable {
  /** In the order in which it happened to the plugin of a tenant. */
  number: Generated<number>
  tenant_id: string
  plugin_id: string
  /** `HistoryAction` */
  action: string
  version: string
  /** The version that an update or a way back left. */
  previous_version: string | null
  actor: string
  happened_at: string
  /** `string[]`: names of the settings that changed. */
  changed: string
  /** What an update left, while the way back leads to it; then of no use to anybody, and null. */
  left_configuration: string | null
  left_secrets: string | null
  left_permissions: string | null
}

export type HistoryRow = Selectable<HistoryTable>

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

/** What happened to a plugin on a day in UTC; days on which nothing was counted have no row. */
export interface PluginDayRow {
  plugin_id: string
  /** `2026-01-31` */
  day: string
  downloads: number
  download_bytes: number
  installs: number
  uninstalls: number
  /** Installations that are enabled, more or fewer than the day before. */
  enabled_change: number
}

/** A security advisory, as its OSV record says. */
export interface AdvisoryRow {
  id: string
  /** RFC 3339, as the record has it. */
  modified: string
  /** Not null: it was taken back, and names no package any more. */
  withdrawn: string | null
  summary: string
  severity: string | null
  link: string | null
  /** `string[]` */
  aliases: string
}

/** A version that bundles what an advisory names. */
export interface VersionAdvisoryRow {
  plugin_id: string
  version: string
  advisory_id: string
  package: string
  package_version: string
  /** The lowest version of the package in which it is mended. */
  fixed: string | null
  first_seen: string
}

export interface AuditRow {
  /** Without gaps, from 1. */
  number: number
  happened_at: string
  actor: string
  role: string | null
  key_id: string | null
  /** The caller's own. */
  actor_tenant_id: string | null
  /** Where the call came from. */
  address: string
  operation: string
  plugin_id: string | null
  version: string | null
  /** Whose business it is: the tenant that the address names, or the caller's. */
  tenant_id: string | null
  /** All parts of the address that the route names. */
  params: string
  /** `AuditOutcome` */
  outcome: string
  status: number
  /** `ErrorCode`, when it did not succeed. */
  code: string | null
  request_id: string
  /** Like calls that this row stands for. */
  calls: number
  /** SHA-256 in hex over the hash of the row before and this row's content. */
  hash: string
}
export interface WebhookRow {
  id: string
  url: string
  description: string | null
  /** `WebhookScope`: whose events it gets. */
  scope: string
  tenant_id: string | null
  /** `EventType[]`; empty for every type. */
  event_types: string
  /** Sealed. */
  secret: string
  /** Not null: nothing is sent. */
  disabled_at: string | null
  disabled_reason: string | null
  /** The first failed attempt since one succeeded. */
  failing_since: string | null
  created_by: string
  created_at: string
  updated_at: string
}

export interface DeliveryRow {
  id: string
  webhook_id: string
  /** Null for a test. */
  event_number: number | null
  type: string
  /** The bytes that are signed and sent, the same at every attempt. */
  body: string
  /** `DeliveryState` */
  state: string
  attempts: number
  /** While it is being sent, the time until which nobody else sends it. */
  next_attempt_at: string
  last_attempt_at: string | null
  last_status: number | null
  last_error: string | null
  created_at: string
}

interface NotificationTable {
  number: Generated<number>
  event_number: number
  /** `subject:NAME` or `tenant:ID` */
  recipient: string
  /** `NotificationKind` */
  kind: string
  plugin_id: string
  version: string | null
  data: string
  happened_at: string
}

export type NotificationRow = Selectable<NotificationTable>

/** A beginning of a word of a published plugin's id or name; one that ends with a space is a whole word. */
export interface WordBeginningRow {
  beginning: string
  /** `popularityOf` its installs: in this order suggestions are read. */
  popularity: number
  /** The plugin's. */
  number: number
}

/** Which version of a plugin, with which configuration of a tenant, on which day in UTC. */
interface SeenInPages {
  tenant_id: string
  plugin_id: string
  /** `2026-01-31` */
  day: string
  version: string
  /** `Variant` */
  variant: string
}

/** How often something took a time of one bucket. */
export interface TelemetryTimeRow extends SeenInPages {
  /** `Measure` */
  measure: string
  /** Index of `timeBuckets`. */
  bucket: number
  count: number
}

export interface TelemetryErrorRow extends SeenInPages {
  code: string
  /** Empty where none is named: it is part of the key. */
  component: string
  count: number
  /** Of the last of them. */
  message: string
  last_at: string
}
