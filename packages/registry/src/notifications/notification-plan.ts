import type { EventType, NotificationKind } from '@plexica/api'
import { compareVersions, isPrerelease } from '@plexica/manifest-schema'

/** Whom an event concerns, and as what: its plugin's owners, and the admins of tenants that have the plugin. */
export interface NotificationPlan {
  readonly owners?: NotificationKind
  readonly tenants?: { readonly kind: NotificationKind; readonly running: Running }
}

/** Which of the tenants that have the plugin: all, those on the event's version, or those on an older one. */
export type Running = 'any' | 'this' | 'older'

/** What is not named here notifies nobody. */
export const notificationPlans: { readonly [Type in EventType]?: NotificationPlan } = {
  'submission.created': { owners: 'submitted' },
  'submission.replaced': { owners: 'submitted' },
  'submission.approved': { owners: 'approved', tenants: { kind: 'update-available', running: 'older' } },
  'submission.rejected': { owners: 'rejected' },
  'rating.created': { owners: 'rating-created' },
  'rating.reported': { owners: 'rating-reported' },
  'version.affected': { owners: 'affected', tenants: { kind: 'affected', running: 'this' } },
  'version.yanked': { tenants: { kind: 'yanked', running: 'this' } },
  'plugin.deprecated': { tenants: { kind: 'deprecated', running: 'any' } },
}

/** Whether a version is an update for those who run another. A prerelease is none for those who run a release. */
export function isUpdate(version: string, running: string): boolean {
  if (isPrerelease(version) && !isPrerelease(running)) return false
  return compareVersions(version, running) > 0
}
