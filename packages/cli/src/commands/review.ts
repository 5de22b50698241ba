import { type Command, defineCommand, type InputOf, many, required, text } from '../command.ts'
import { jsonOption, registryOptions } from '../shared-options.ts'

const options = { ...registryOptions, json: jsonOption } as const
const named = 'id of a submission, or plugin@version'

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
    ...options,
  },
} as const
export type ReviewListInput = InputOf<typeof listForm>

export const reviewListCommand: Command = defineCommand({
  name: 'review list',
  summary: 'List what waits for a decision, oldest first',
  examples: ['plexica review list'],
  form: listForm,
  load: async () => (await import('../review/list-submissions.ts')).listSubmissions,
})

const showForm = { arguments: { submission: required(named) }, options } as const
export type ReviewShowInput = InputOf<typeof showForm>

export const reviewShowCommand: Command = defineCommand({
  name: 'review show',
  summary: 'Show a submission: findings, what it may do, its files and its digest',
  examples: ['plexica review show sales-chart@1.2.0'],
  form: showForm,
  load: async () => (await import('../review/show-submission.ts')).showSubmission,
})

const approveForm = { arguments: { submissions: many(named) }, options } as const
export type ReviewApproveInput = InputOf<typeof approveForm>

export const reviewApproveCommand: Command = defineCommand({
  name: 'review approve',
  summary: 'Approve the bytes of submissions; from then on they are served',
  examples: ['plexica review approve sales-chart@1.2.0'],
  form: approveForm,
  load: async () => (await import('../review/decide-submissions.ts')).approveSubmissions,
})

const rejectForm = {
  arguments: { submissions: many(named) },
  options: { reason: text('--reason <text>', 'what the author has to change'), ...options },
} as const
export type ReviewRejectInput = InputOf<typeof rejectForm>

export const reviewRejectCommand: Command = defineCommand({
  name: 'review reject',
  summary: 'Reject submissions, with the reason that their authors read',
  examples: ['plexica review reject sales-chart@1.2.0 --reason "The icon is blurred"'],
  form: rejectForm,
  load: async () => (await import('../review/decide-submissions.ts')).rejectSubmissions,
})
