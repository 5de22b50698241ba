import { type Command, defineCommand, flag, type InputOf, list, many, required, text } from '../command.ts'
import { jsonOption, registryOptions } from '../shared-options.ts'

const options = { ...registryOptions, json: jsonOption } as const
const named = 'id of a submission, or plugin@version'
const sort = text('--sort <order>', 'oldest first, or highest risk first (default: age)', ['age', 'risk'])

const listForm = {
  arguments: {},
  options: {
    state: text('--state <state>', 'which submissions (default: pending_review)', [
      'pending_review',
      'approved',
      'rejected',
      'replaced',
    ]),
    plugin: text('--plugin <id>', 'only those of one plugin'),
    sort,
    ...options,
  },
} as const
export type ReviewListInput = InputOf<typeof listForm>

export const reviewListCommand: Command = defineCommand({
  name: 'review list',
  summary: 'List what waits for a decision: place, age, risk, findings, and who looks at it',
  examples: ['plexica review list', 'plexica review list --sort risk'],
  form: listForm,
  load: async () => (await import('../review/list-submissions.ts')).listSubmissions,
})

const oneForm = { arguments: { submission: required(named) }, options } as const
export type ReviewShowInput = InputOf<typeof oneForm>
export type ReviewDiffInput = ReviewShowInput
export type ReviewReleaseInput = ReviewShowInput

export const reviewShowCommand: Command = defineCommand({
  name: 'review show',
  summary: 'Show a submission: what differs from the approved version, what it may do, findings, files and digest',
  examples: ['plexica review show sales-chart@1.2.0'],
  form: oneForm,
  load: async () => (await import('../review/show-submission.ts')).showSubmission,
})

export const reviewDiffCommand: Command = defineCommand({
  name: 'review diff',
  summary: 'Show what differs from the approved version, file by file',
  examples: ['plexica review diff sales-chart@1.2.0', 'PAGER=cat plexica review diff sales-chart@1.2.0'],
  form: oneForm,
  load: async () => (await import('../review/diff-submission.ts')).diffSubmission,
})

const claimForm = {
  arguments: { submission: required(named) },
  options: { takeOver: flag('--take-over', 'take it from the reviewer who has it'), ...options },
} as const
export type ReviewClaimInput = InputOf<typeof claimForm>

export const reviewClaimCommand: Command = defineCommand({
  name: 'review claim',
  summary: 'Tell the other reviewers that you look at a submission; again renews it',
  examples: ['plexica review claim sales-chart@1.2.0'],
  form: claimForm,
  load: async () => (await import('../review/claim-submission.ts')).claimSubmission,
})

export const reviewReleaseCommand: Command = defineCommand({
  name: 'review release',
  summary: 'Let go of a submission that you claimed',
  examples: ['plexica review release sales-chart@1.2.0'],
  form: oneForm,
  load: async () => (await import('../review/claim-submission.ts')).releaseSubmission,
})

const approveForm = { arguments: { submissions: many(named) }, options } as const
export type ReviewApproveInput = InputOf<typeof approveForm>

export const reviewApproveCommand: Command = defineCommand({
  name: 'review approve',
  summary: 'Approve the bytes of submissions; from then on they are served',
  examples: ['plexica review approve 01J8Z3T5Q0', 'plexica review approve sales-chart@1.2.0'],
  form: approveForm,
  load: async () => (await import('../review/decide-submissions.ts')).approveSubmissions,
})

const rejectForm = {
  arguments: { submissions: many(named) },
  options: {
    reason: text('--reason <text>', 'what the author has to change'),
    point: list('--point <text>', 'one thing to change, as "path: message" or alone; may be given several times'),
    ...options,
  },
} as const
export type ReviewRejectInput = InputOf<typeof rejectForm>

export const reviewRejectCommand: Command = defineCommand({
  name: 'review reject',
  summary: 'Reject submissions, with the reason and the points that their authors read',
  examples: [
    'plexica review reject sales-chart@1.2.0 --reason "The icon is blurred"',
    'plexica review reject sales-chart@1.2.0 --reason "Two things" --point "README.md: Say which data it shows"',
  ],
  form: rejectForm,
  load: async () => (await import('../review/decide-submissions.ts')).rejectSubmissions,
})

// Only people walk: what a program wants to read is what `review list` and `show` answer.
const walkForm = { arguments: {}, options: { sort, ...registryOptions } } as const
export type ReviewWalkInput = InputOf<typeof walkForm>

export const reviewWalkCommand: Command = defineCommand({
  name: 'review walk',
  summary: 'Go through the queue in a terminal, one submission after the other, with single keys',
  examples: ['plexica review walk', 'plexica review walk --sort risk'],
  form: walkForm,
  load: async () => (await import('../review/walk-queue.ts')).walkQueue,
})
