import { Digest, Finding, PluginId, Severity, Version } from '@plexica/manifest-schema'
import type { Static } from 'typebox'
import Type from 'typebox'
import { closed, Time } from './shapes.ts'

export const submissionStates = ['pending_review', 'approved', 'rejected', 'replaced'] as const
export const SubmissionState = Type.Enum(submissionStates, {
  description: '`replaced`: other bytes came for the same version',
})
export type SubmissionState = Static<typeof SubmissionState>

const pointFields = {
  code: Type.Optional(Type.String({ minLength: 1, maxLength: 100, description: 'Code of the finding that is meant' })),
  path: Type.Optional(Type.String({ minLength: 1, maxLength: 200, description: 'The file that is meant' })),
  message: Type.String({ minLength: 1, maxLength: 2_000, pattern: '\\S', description: 'What has to change' }),
}

/** One thing that the author has to change, as a reviewer writes it. */
export const NewReviewPoint = Type.Object(pointFields, closed)
export type NewReviewPoint = Static<typeof NewReviewPoint>

/** A point of a rejection. */
export const RaisedPoint = Type.Object({
  id: Type.String(),
  ...pointFields,
  state: Type.Enum(['new', 'still-open'], { description: '`still-open`: an earlier rejection raised it already' }),
})
export type RaisedPoint = Static<typeof RaisedPoint>

/** What has become of a point of the rejection before. */
export const EarlierPoint = Type.Object({
  id: Type.String(),
  ...pointFields,
  state: Type.Enum(['fixed', 'still-open']),
  markedBy: Type.Union([Type.String(), Type.Null()], {
    description: 'The reviewer who said so; null for the findings',
  }),
})
export type EarlierPoint = Static<typeof EarlierPoint>

export const Submission = Type.Object({
  id: Type.String(),
  pluginId: PluginId,
  version: Version,
  digest: Digest,
  state: SubmissionState,
  submittedBy: Type.String(),
  submittedAt: Time,
  position: Type.Union([Type.Integer({ minimum: 1 }), Type.Null()], {
    description: 'Place in the queue while it waits',
  }),
  ageSeconds: Type.Integer({ minimum: 0, description: 'How long it has waited, or did until it was decided' }),
  typicalWaitSeconds: Type.Union([Type.Integer({ minimum: 0 }), Type.Null()], {
    description: 'Median of the last decisions of people; null when there are none, and for what is decided',
  }),
  claim: Type.Union([Type.Object({ by: Type.String(), at: Time, until: Time }), Type.Null()], {
    description: 'The reviewer who looks at it',
  }),
  severity: Type.Union([Severity, Type.Null()], { description: 'The highest of its findings' }),
  findingCounts: Type.Object({ error: Type.Integer(), warning: Type.Integer(), info: Type.Integer() }),
  risk: Type.Integer({
    minimum: 0,
    description: 'Orders the queue: from findings and new capabilities, as they were when it was submitted',
  }),
  findings: Type.Array(Finding),
  capabilities: Type.Object({ hosts: Type.Array(Type.String()), permissions: Type.Array(Type.String()) }),
  quality: Type.Object({ score: Type.Integer(), outOf: Type.Integer() }),
  decidedBy: Type.Union([Type.String(), Type.Null()], {
    description: 'A person, or `policy:` and the name of the rule that approved it',
  }),
  decidedAt: Type.Union([Time, Type.Null()]),
  reason: Type.Union([Type.String(), Type.Null()]),
  points: Type.Array(RaisedPoint, { description: 'What the rejection asks for' }),
})
export type Submission = Static<typeof Submission>

/** A submission, and how it answers the rejection before it. */
export const SubmissionDetail = Type.Object({
  ...Submission.properties,
  resubmission: Type.Union(
    [
      Type.Object({
        rejected: Type.String({ description: 'Id of the rejected submission' }),
        version: Version,
        decidedBy: Type.String(),
        decidedAt: Time,
        reason: Type.String(),
        points: Type.Array(EarlierPoint),
        findings: Type.Object({
          fixed: Type.Array(Finding),
          stillOpen: Type.Array(Finding),
          new: Type.Array(Finding),
        }),
      }),
      Type.Null(),
    ],
    { description: 'Against the last rejection of the plugin that no approval has followed' },
  ),
})
export type SubmissionDetail = Static<typeof SubmissionDetail>
