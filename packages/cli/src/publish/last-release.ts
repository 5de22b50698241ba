import { ApiError, type Client, type VersionDetail } from '@plexica/api'
import { type BundledDependency, readSbom } from '@plexica/inspect'
import { packageLayout as layout } from '@plexica/manifest-schema/validate'

/** The published version that the next one is compared with. */
export interface LastRelease {
  readonly detail: VersionDetail
  /** What it had bundled; undefined when that cannot be found out. */
  readonly dependencies: readonly BundledDependency[] | undefined
}

/** The highest published version; undefined for a plugin that has none yet. */
export async function findLastRelease(
  client: Client,
  pluginId: string,
  signal: AbortSignal,
): Promise<LastRelease | undefined> {
  try {
    const { versions } = await client.listVersions({ params: { pluginId }, query: { take: 100 }, signal })
    const last = versions.find(({ state }) => state === 'published')
    if (last === undefined) return undefined
    const detail = await client.getVersion({ params: { pluginId, version: last.version }, signal })
    return { detail, dependencies: await findDependencies(client, detail, signal) }
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

/**
 * From the bill of materials in the package, which the plugin's owners can read under the submission that was approved.
 * Reading the package itself would count as a download.
 */
async function findDependencies(
  client: Client,
  { pluginId, digest }: VersionDetail,
  signal: AbortSignal,
): Promise<readonly BundledDependency[] | undefined> {
  const query = { pluginId, state: 'approved', take: 100 } as const
  const { submissions } = await client.listSubmissions({ query, signal })
  const submission = submissions.find((one) => one.digest === digest)
  if (submission === undefined) return undefined
  try {
    const params = { submissionId: submission.id, path: [layout.sbom] }
    return readSbom(await (await client.getSubmissionFile({ params, signal })).text())
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof ApiError && error.status === 404
}
