import { Digest, Finding, PluginId, Version } from '@plexica/manifest-schema'
import type { Static } from 'typebox'
import Type from 'typebox'
import { VersionState } from './publishing.ts'
import { route } from './route.ts'
import { closed, Paging, page, Reason, Time } from './shapes.ts'

export const submissionStates = ['pending_review', 'approved', 'rejected', 'replaced'] as const
export const SubmissionState = Type.Enum(submissionStates, {
  description: '`replaced`: other bytes came for the same version',
})
export type SubmissionState = Static<typeof SubmissionState>

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
  findings: Type.Array(Finding),
  capabilities: Type.Object({ hosts: Type.Array(Type.String()), permissions: Type.Array(Type.String()) }),
  quality: Type.Object({ score: Type.Integer(), outOf: Type.Integer() }),
  decidedBy: Type.Union([Type.String(), Type.Null()]),
  decidedAt: Type.Union([Time, Type.Null()]),
  reason: Type.Union([Type.String(), Type.Null()]),
})
export type Submission = Static<typeof Submission>

const PluginParams = Type.Object({ pluginId: PluginId }, closed)
const DecisionAnswer = Type.Object({
  id: PluginId,
  version: Version,
  digest: Digest,
  status: VersionState,
  submission: Type.String(),
})
const decisionErrors = ['plugin_not_found', 'version_not_found', 'digest_changed', 'state_conflict'] as const

export const reviewRoutes = {
  listSubmissions: route({
    method: 'GET',
    path: '/api/submissions',
    permission: 'plugin:read-drafts',
    summary: 'The review queue, oldest first; publishers see the submissions of their own plugins',
    query: Type.Object(
      {
        ...Paging,
        state: Type.Optional(Type.Unsafe<SubmissionState>({ ...SubmissionState, default: 'pending_review' })),
        pluginId: Type.Optional(PluginId),
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
    summary: 'One submission, for its plugin’s owners and super-admins',
    params: Type.Object({ submissionId: Type.String({ maxLength: 64 }) }, closed),
    status: 200,
    answer: Submission,
    errors: ['submission_not_found'],
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
    errors: [...decisionErrors, 'package_damaged', 'storage_full', 'storage_unavailable'],
  }),
  rejectVersion: route({
    method: 'POST',
    path: '/api/plugins/:pluginId/reject',
    permission: 'review:decide',
    summary: 'Reject these bytes, with the reason that the author reads',
    params: PluginParams,
    body: Type.Object({ version: Version, digest: Digest, reason: Reason }, closed),
    status: 200,
    answer: DecisionAnswer,
    errors: [...decisionErrors],
  }),
}
