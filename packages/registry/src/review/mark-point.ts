import type { EarlierPoint } from '@plexica/api'
import type { SubmissionRow } from '../db/tables.ts'
import { RegistryError } from '../http/registry-error.ts'
import type { World } from '../world.ts'
import { lockWaiting } from './claim-submission.ts'
import { judgedPointsOf } from './find-resubmission.ts'
import type { PointMarks } from './resubmission.ts'
import { setPointMarks } from './submission-store.ts'

/** Records what a reviewer says of a point of the rejection before a waiting submission. */
export async function markPoint(
  world: World,
  mark: {
    readonly submissionId: string
    readonly pointId: string
    readonly state: EarlierPoint['state']
    readonly by: string
  },
): Promise<SubmissionRow> {
  const { submissionId, pointId, state, by } = mark
  return world.db.transaction().execute(async (trx) => {
    const row = await lockWaiting(trx, submissionId)
    const points = await judgedPointsOf(trx, row)
    if (!points.some(({ id }) => id === pointId)) {
      throw new RegistryError('point_not_found', `There is no point ${pointId} that this submission could have fixed.`)
    }
    const marks: PointMarks = { ...JSON.parse(row.point_marks), [pointId]: { state, by } }
    await setPointMarks(trx, row.id, marks)
    return { ...row, point_marks: JSON.stringify(marks) }
  })
}
