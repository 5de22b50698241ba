import { routes, Submission, SubmissionDelta, SubmissionDetail, VersionDetail, VersionState } from '@plexica/api'
import { Digest, Finding, PluginId, Version } from '@plexica/manifest-schema'
import Type, { type TObject, type TProperties, type TSchema } from 'typebox'

const nullable = <Schema extends TSchema>(schema: Schema) => Type.Union([schema, Type.Null()])
const Bytes = Type.Integer({ minimum: 0 })
const findings = Type.Array(Finding)

const failure = {
  code: Type.String({ description: 'Of this program, or as the registry gave it' }),
  message: Type.String(),
  fix: Type.String({ description: 'What to do next' }),
  findings,
}
const Failed = Type.Object({ error: Type.Object(failure) }, { description: 'The run ended without its result' })

const packed = {
  id: PluginId,
  version: Version,
  digest: Digest,
  findings,
  packedBytes: Bytes,
  unpackedBytes: Bytes,
  files: Type.Array(Type.Object({ path: Type.String(), bytes: Bytes })),
}
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

const named = { submission: Type.String({ description: 'Id of the submission' }), id: PluginId, version: Version }
const Decisions = Type.Object({
  decisions: Type.Array(
    Type.Union([
      Type.Object({ ...named, digest: Digest, status: VersionState }),
      Type.Object({ submission: Type.String({ description: 'As it was named' }), error: Type.Object(failure) }),
    ]),
    { description: 'One for each submission that was named, in that order' },
  ),
})

/** Its own schema is a file of its own, with definitions that refer to its root. */
const AnyManifest = Type.Object({}, { description: 'As manifest.schema.json says', additionalProperties: true })

const fileDiff = {
  path: Type.String(),
  change: Type.Enum(['added', 'changed', 'removed']),
  before: nullable(Bytes),
  after: nullable(Bytes),
  patch: nullable(Type.String({ description: 'Unified diff' })),
  note: nullable(Type.String({ description: 'Why there is no diff' })),
}

/** What `--json` prints when a command has done its work. */
const answers: Readonly<Record<string, TSchema>> = {
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
}

function propertiesOf({ properties }: TObject): TProperties {
  return properties
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
