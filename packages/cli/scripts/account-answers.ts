import { ApiKey, routes } from '@plexica/api'
import Type, { type TSchema } from 'typebox'
import { sources } from '../src/settings.ts'
import { failure, propertiesOf } from './answer-shapes.ts'

const whoami = routes.whoami.answer.properties
const registry = Type.String({ description: 'Its address' })
const settingOf = <Schema extends TSchema>(value: Schema) =>
  Type.Object({ value, from: Type.Enum([...sources]), where: Type.String({ description: 'File, variable or option' }) })

/** Of commands about the caller, the machine and the shell. */
export const accountAnswers: Readonly<Record<string, TSchema>> = {
  login: Type.Object({
    registry,
    subject: whoami.subject,
    role: whoami.role,
    expiresAt: whoami.expiresAt,
    file: Type.String({ description: 'Where the key is kept' }),
  }),
  logout: Type.Object({ registry, forgotten: Type.Boolean({ description: 'Whether there was a key' }) }),
  whoami: Type.Object({
    ...propertiesOf(routes.whoami.answer),
    registry,
    settings: Type.Object({
      apiUrl: settingOf(Type.String()),
      apiKey: Type.Optional(settingOf(Type.String({ description: 'Its beginning and its end' }))),
      tenant: Type.Optional(settingOf(Type.String())),
      testTimeout: settingOf(Type.Number({ description: 'Seconds' })),
    }),
  }),
  'keys create': routes.createKey.answer,
  'keys list': Type.Object({ keys: Type.Array(ApiKey), total: Type.Integer({ minimum: 0 }) }),
  'keys revoke': Type.Object({
    keys: Type.Array(
      Type.Object({ id: Type.String(), revoked: Type.Boolean(), error: Type.Optional(Type.Object(failure)) }),
    ),
  }),
  doctor: Type.Object({
    healthy: Type.Boolean(),
    checks: Type.Array(
      Type.Object({
        name: Type.String(),
        state: Type.Enum(['ok', 'failed', 'skipped']),
        detail: Type.String(),
        fix: Type.Optional(Type.String({ description: 'Of a failed one' })),
      }),
    ),
  }),
  completion: Type.Object({ shell: Type.String(), script: Type.String() }),
}
