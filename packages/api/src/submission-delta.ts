import { Digest, PluginId, Version } from '@plexica/manifest-schema'
import type { Static, TSchema } from 'typebox'
import Type from 'typebox'
import { Time } from './shapes.ts'

/** A list of which the first are given. */
const cut = <Item extends TSchema>(item: Item) =>
  Type.Object({
    items: Type.Array(item),
    total: Type.Integer({ minimum: 0, description: 'How many there are in all' }),
  })

/** What came, went and changed among named things. */
const changes = <Value extends TSchema>(value: Value, name: string) => {
  const description = name
  const entry = Type.Object({ name: Type.String({ description }), value })
  return Type.Object({
    added: cut(entry),
    removed: cut(entry),
    changed: cut(Type.Object({ name: Type.String({ description }), before: value, after: value })),
  })
}
const names = Type.Object({ added: cut(Type.String()), removed: cut(Type.String()) })
const Bytes = Type.Integer({ minimum: 0 })
const sizes = Type.Object({ before: Type.Union([Bytes, Type.Null()]), after: Bytes })
const Json = Type.Unknown({ description: 'As in the manifest; a long value is cut and given as text' })

/** What differs between a submission and the version that was last approved before it. */
export const SubmissionDelta = Type.Object({
  submission: Type.String({ description: 'Id of the submission' }),
  pluginId: PluginId,
  version: Version,
  digest: Digest,
  base: Type.Union(
    [
      Type.Object({
        version: Version,
        digest: Digest,
        publishedAt: Time,
        submission: Type.Union([Type.String(), Type.Null()], {
          description: 'Id of the submission that was approved, under which its files can be read',
        }),
      }),
      Type.Null(),
    ],
    { description: 'The published version that was approved last; null for a first one, of which everything is new' },
  ),
  manifest: changes(Json, 'A field of the manifest, such as `engines.plexica`'),
  permissions: names,
  hosts: names,
  parts: Type.Object(
    { added: Type.Array(Type.String()), removed: Type.Array(Type.String()) },
    { description: '`frontend` and `backend`: where the plugin’s code runs' },
  ),
  files: changes(Bytes, 'Path in the package; the value is its size'),
  dependencies: changes(Type.String(), 'An npm package that is bundled; the value is its version'),
  configuration: changes(Json, 'A field of the configuration, such as `mail.host`'),
  components: changes(Json, 'A component, or a field of one such as `Card.title`'),
  bundleBytes: sizes,
  packedBytes: sizes,
})
export type SubmissionDelta = Static<typeof SubmissionDelta>
