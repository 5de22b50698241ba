import { Digest, PluginId, Version } from '@plexica/manifest-schema'
import Type from 'typebox'
import { PluginParams } from './plugins.ts'
import { VersionState } from './publishing.ts'
import { bytesAnswer, route } from './route.ts'
import { closed, Paging, page, Reason, Time } from './shapes.ts'
import { SubmissionDelta } from './submission-delta.ts'
import { NewReviewPoint, Submission, SubmissionDetail, SubmissionState } from './submissions.ts'

const SubmissionParams = Type.Object({ submissionId: Type.String({ maxLength: 64 }) }, closed)
const DecisionAnswer = Type.Object({
  id: PluginId,
  version: Version,
  digest: Digest,
  status: VersionState,
  submission: Type.String(),
  decidedBy: Type.Union([Type.String(), Type.Null()], {
    description: 'Who decided: somebody else where the same decision was made before',
  }),
  decidedAt: Type.Union([Time, Type.Null()]),
})
const rejection = {
  reason: Reason,
  points: Type.Optional(
    Type.Array(NewReviewPoint, {
      maxItems: 50,
      description: 'What has to change, one by one; the next submission shows what became of each',
    }),
  ),
}
const decisionErrors = ['plugin_not_found', 'version_not_found', 'digest_changed', 'state_conflict'] as const
const unpackErrors = ['package_damaged', 'storage_full', 'storage_unavailable'] as const

export const reviewRoutes = {
  listSubmissions: route({
    method: 'GET',
    path: '/api/submissions',
    permission: 'plugin:read-drafts',
    summary: 'The review queue; publishers see the submissions of their own plugins',
    query: Type.Object(
      {
        ...Paging,
        state: Type.Optional(Type.Unsafe<SubmissionState>({ ...SubmissionState, default: 'pending_review' })),
        pluginId: Type.Optional(PluginId),
        sort: Type.Optional(
          Type.Enum(['age', 'risk', 'newest'], {
            default: 'age',
            description:
              '`age`: oldest first; `risk`: highest first, of the same risk the oldest; `newest`: the latest first',
          }),
        ),
        mine: Type.Optional(
          Type.Boolean({ default: false, description: 'Only those that the caller looks at as a reviewer' }),
        ),
      },
      closed,
    ),
    status: 200,
    answer: page('submissions', Submission),
    errors: [],
  }),
  getSubmission: route({
    method: 'GET',
    path: '/api/submissions/:submissionId',
    permission: 'plugin:read-drafts',
    summary: 'One submission and how it answers an earlier rejection, for its plugin’s owners and super-admins',
    params: SubmissionParams,
    status: 200,
    answer: SubmissionDetail,
    errors: ['submission_not_found'],
  }),
  getSubmissionDelta: route({
    method: 'GET',
    path: '/api/submissions/:submissionId/delta',
    permission: 'plugin:read-drafts',
    summary: 'What differs from the version that was approved last, for owners and super-admins',
    params: SubmissionParams,
    status: 200,
    answer: SubmissionDelta,
    errors: ['submission_not_found', 'digest_changed'],
  }),
  listSubmissionFiles: route({
    method: 'GET',
    path: '/api/submissions/:submissionId/files',
    permission: 'plugin:read-drafts',
    summary: 'The files of a submitted package, for owners and super-admins',
    params: SubmissionParams,
    query: Type.Object(Paging, closed),
    status: 200,
    answer: page('files', Type.Object({ path: Type.String(), bytes: Type.Integer(), integrity: Type.String() })),
    errors: ['submission_not_found', 'digest_changed'],
  }),
  getSubmissionFile: route({
    method: 'GET',
    path: '/api/submissions/:submissionId/files/*path',
    permission: 'plugin:read-drafts',
    summary: 'The text of one file of a submitted package, up to 1 MiB, for owners and super-admins',
    params: Type.Object(
      {
        submissionId: Type.String({ maxLength: 64 }),
        path: Type.Array(Type.String({ maxLength: 200 }), { maxItems: 12 }),
      },
      closed,
    ),
    status: 200,
    answer: bytesAnswer,
    errors: [
      'submission_not_found',
      'digest_changed',
      'file_not_found',
      'file_too_large',
      'file_not_text',
      'package_removed',
      'package_damaged',
      'storage_unavailable',
      'range_not_satisfiable',
    ],
  }),
  claimSubmission: route({
    method: 'POST',
    path: '/api/submissions/:submissionId/claim',
    permission: 'review:decide',
    summary: 'Tell the other reviewers that you look at this one, for the next 30 minutes; again renews it',
    params: SubmissionParams,
    body: Type.Object(
      {
        takeOver: Type.Optional(Type.Boolean({ default: false, description: 'Take it from the reviewer who has it' })),
      },
      closed,
    ),
    status: 200,
    answer: Submission,
    errors: ['submission_not_found', 'submission_claimed', 'state_conflict'],
  }),
  releaseSubmission: route({
    method: 'DELETE',
    path: '/api/submissions/:submissionId/claim',
    permission: 'review:decide',
    summary: 'Let go of a submission; what nobody has claimed stays as it is',
    params: SubmissionParams,
    status: 204,
    errors: ['submission_not_found', 'submission_claimed'],
  }),
  markPoint: route({
    method: 'PUT',
    path: '/api/submissions/:submissionId/points/:pointId',
    permission: 'review:decide',
    summary: 'Say whether a waiting submission has fixed a point of the rejection before it',
    params: Type.Object(
      { submissionId: Type.String({ maxLength: 64 }), pointId: Type.String({ maxLength: 64 }) },
      closed,
    ),
    body: Type.Object({ state: Type.Enum(['fixed', 'still-open']) }, closed),
    status: 200,
    answer: SubmissionDetail,
    errors: ['submission_not_found', 'point_not_found', 'state_conflict'],
  }),
  approveSubmission: route({
    method: 'POST',
    path: '/api/submissions/:submissionId/approve',
    permission: 'review:decide',
    summary: 'Approve the bytes of this submission; from now on they are served',
    params: SubmissionParams,
    status: 200,
    answer: DecisionAnswer,
    errors: ['submission_not_found', 'digest_changed', 'state_conflict', ...unpackErrors],
  }),
  rejectSubmission: route({
    method: 'POST',
    path: '/api/submissions/:submissionId/reject',
    permission: 'review:decide',
    summary: 'Reject this submission, with the reason that the author reads',
    params: SubmissionParams,
    body: Type.Object(rejection, closed),
    status: 200,
    answer: DecisionAnswer,
    errors: ['submission_not_found', 'digest_changed', 'state_conflict'],
  }),
  submitVersion: route({
    method: 'POST',
    path: '/api/plugins/:pluginId/submit',
    permission: 'plugin:publish',
    summary: 'Submit a draft for review',
    params: PluginParams,
    body: Type.Object({ version: Version }, closed),
    status: 200,
    answer: DecisionAnswer,
    errors: ['plugin_not_found', 'version_not_found', 'state_conflict', 'not_owner'],
  }),
  approveVersion: route({
    method: 'POST',
    path: '/api/plugins/:pluginId/approve',
    permission: 'review:decide',
    summary: 'Approve these bytes; from now on they are served',
    params: PluginParams,
    body: Type.Object({ version: Version, digest: Digest }, closed),
    status: 200,
    answer: DecisionAnswer,
    errors: [...decisionErrors, ...unpackErrors],
  }),
  rejectVersion: route({
    method: 'POST',
    path: '/api/plugins/:pluginId/reject',
    permission: 'review:decide',
    summary: 'Reject these bytes, with the reason that the author reads',
    params: PluginParams,
    body: Type.Object({ version: Version, digest: Digest, ...rejection }, closed),
    status: 200,
    answer: DecisionAnswer,
    errors: [...decisionErrors],
  }),
}
