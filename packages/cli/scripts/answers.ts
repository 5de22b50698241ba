import { routes, Submission, SubmissionDelta, SubmissionDetail, VersionDetail, VersionState } from '@plexica/api'
import { Digest } from '@plexica/manifest-schema'
import Type, { type TSchema } from 'typebox'
import { accountAnswers } from './account-answers.ts'
import { AnyManifest, Bytes, Failed, failure, named, nullable, packed, propertiesOf } from './answer-shapes.ts'
import { folderAnswers } from './folder-answers.ts'
import { marketplaceAnswers } from './marketplace-answers.ts'
import { tenantAnswers } from './tenant-answers.ts'

const place = {
  position: nullable(Type.Integer({ minimum: 1, description: 'Place in the queue while it waits' })),
  typicalWaitSeconds: nullable(Type.Integer({ minimum: 0, description: 'How long others waited' })),
}

const DryRun = Type.Object({
  status: Type.Literal('dry-run'),
  dryRun: Type.Literal(true),
  verdict: nullable(
    Type.Enum(['accepted', 'unchanged'], { description: 'What publishing would answer; null with `--offline`' }),
  ),
  ...packed,
})
const Published = Type.Object({
  status: VersionState,
  ...packed,
  submission: nullable(Type.String({ description: 'Id of the submission' })),
  ...place,
  created: Type.Boolean({ description: 'false when the registry had these bytes already' }),
  url: Type.String(),
  registry: Type.String(),
})

const Decisions = Type.Object({
  decisions: Type.Array(
    Type.Union([
      Type.Object({ ...named, digest: Digest, status: VersionState }),
      Type.Object({ submission: Type.String({ description: 'As it was named' }), error: Type.Object(failure) }),
    ]),
    { description: 'One for each submission that was named, in that order' },
  ),
})

const fileDiff = {
  path: Type.String(),
  change: Type.Enum(['added', 'changed', 'removed']),
  before: nullable(Bytes),
  after: nullable(Bytes),
  patch: nullable(Type.String({ description: 'Unified diff' })),
  note: nullable(Type.String({ description: 'Why there is no diff' })),
}

/** What `--json` prints when a command has done its work; null for one that would ask, which nobody does then. */
const answers: Readonly<Record<string, TSchema>> = {
  ...folderAnswers,
  publish: Type.Union([DryRun, Published]),
  submit: Type.Object({ ...propertiesOf(routes.submitVersion.answer), ...place }),
  'review list': routes.listSubmissions.answer,
  'review show': Type.Object({
    ...SubmissionDetail.properties,
    delta: nullable(SubmissionDelta),
    detail: nullable(Type.Object({ ...VersionDetail.properties, manifest: AnyManifest })),
  }),
  'review diff': Type.Object({
    ...named,
    digest: Digest,
    base: SubmissionDelta.properties.base,
    files: Type.Array(Type.Object(fileDiff)),
  }),
  'review claim': Submission,
  'review release': Type.Object({ ...named, digest: Digest, claim: Type.Null() }),
  'review approve': Decisions,
  'review reject': Decisions,
  ...marketplaceAnswers,
  ...tenantAnswers,
  ...accountAnswers,
}

/** JSON Schemas of what `--json` prints, by command: the answer, or why there is none. */
export function answerSchemas(): Record<string, object> {
  return Object.fromEntries(
    Object.entries(answers).map(([command, answer]) => [
      command,
      {
        $schema: 'https://json-schema.org/draft/2020-12/schema',
        title: `plexica ${command} --json`,
        ...Type.Union([answer, Failed]),
      },
    ]),
  )
}
