import { Digest, PluginId, Version } from '@plexica/manifest-schema'
import Type, { type TSchema } from 'typebox'
import { templateNames } from '../src/commands/init.ts'
import { findings, packed } from './answer-shapes.ts'

const { id, version, digest, files, packedBytes, unpackedBytes } = packed

/** Of commands that need a plugin's folder and no registry. */
export const folderAnswers: Readonly<Record<string, TSchema>> = {
  init: Type.Object({
    id,
    template: Type.Enum([...templateNames]),
    folder: Type.String({ description: 'Absolute' }),
    files: Type.Array(Type.String(), { description: 'What was written, from that folder' }),
  }),
  validate: Type.Object({
    valid: Type.Boolean(),
    id: Type.Optional(PluginId),
    version: Type.Optional(Version),
    digest: Type.Optional(Digest),
    findings,
  }),
  build: Type.Object({ id, version, files, findings }),
  pack: Type.Object({
    id,
    version,
    digest,
    file: Type.String({ description: 'The package' }),
    packedBytes,
    unpackedBytes,
    files,
    findings,
  }),
}
