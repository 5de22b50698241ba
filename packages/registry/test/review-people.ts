import type { Manifest } from '@plexica/manifest-schema'
import { inChunks } from '../../inspect/test/build-archive.ts'
import { goodPackage, type PackageFiles } from '../../inspect/test/build-package.ts'
import { connect } from '../src/db/connect.ts'
import type { EventRow } from '../src/db/tables.ts'
import { type Person, startTestRegistry } from './test-registry.ts'

export type Sent = Awaited<ReturnType<Person['client']['publishPlugin']>>
type PublishQuery = NonNullable<Parameters<Person['client']['publishPlugin']>[0]['query']>

export interface Package {
  readonly manifest?: { readonly [Key in keyof Manifest]?: Manifest[Key] | undefined }
  readonly files?: PackageFiles
  readonly query?: PublishQuery
}

/** A registry with two publishers, ann and bob, two reviewers, sue and sam, and tom of the tenant acme. */
export async function startReviewRegistry(env: Record<string, string> = {}) {
  const registry = await startTestRegistry(env)
  const people = {
    ann: await registry.person('ann', 'publisher'),
    bob: await registry.person('bob', 'publisher'),
    sue: await registry.person('sue', 'super-admin'),
    sam: await registry.person('sam', 'super-admin'),
  }
  await people.sue.client.createTenant({ body: { id: 'acme', name: 'Acme' } })
  const tom = await registry.person('tom', 'tenant-admin', 'acme')

  return {
    ...people,
    tom,
    registry,
    /** Sends a package with this id. */
    upload: (id: string, { manifest = {}, files = {}, query = {} }: Package = {}, person = people.ann): Promise<Sent> =>
      person.client.publishPlugin({
        body: inChunks(goodPackage({ manifest: { name: 'Any name', ...manifest, id }, files })),
        query,
      }),
    approve: ({ submission }: Pick<Sent, 'submission'>, person = people.sue) =>
      person.client.approveSubmission({ params: idOf(submission) }),
    reject: ({ submission }: Pick<Sent, 'submission'>, reason = 'The icon is missing.', person = people.sue) =>
      person.client.rejectSubmission({ params: idOf(submission), body: { reason } }),
    show: ({ submission }: Pick<Sent, 'submission'>, person = people.sue) =>
      person.client.getSubmission({ params: idOf(submission) }),
    /** What happened to a plugin, in order. */
    async eventsOf(pluginId: string): Promise<Pick<EventRow, 'type' | 'actor' | 'version' | 'data'>[]> {
      const db = connect(registry.config.database)
      const rows = await db
        .selectFrom('events')
        .select(['type', 'actor', 'version', 'data'])
        .where('plugin_id', '=', pluginId)
        .where('type', 'like', 'submission.%')
        .orderBy('number')
        .execute()
      await db.destroy()
      return rows
    },
    /** Lets a submission have waited since a time, or a claim have been made then. */
    async setTime(submissionId: string, column: 'submitted_at' | 'claimed_at', at: Date): Promise<void> {
      const db = connect(registry.config.database)
      await db
        .updateTable('submissions')
        .set({ [column]: at.toISOString() })
        .where('id', '=', submissionId)
        .execute()
      await db.destroy()
    },
    stop: () => registry.stop(),
  }
}

export type ReviewRegistry = Awaited<ReturnType<typeof startReviewRegistry>>

export function idOf(submission: string | null): { submissionId: string } {
  if (submission === null) throw new Error('nothing was submitted')
  return { submissionId: submission }
}

export const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000)
