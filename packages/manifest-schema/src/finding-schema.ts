import type { Static } from 'typebox'
import Type from 'typebox'

/** `error` refuses the package; `warning` is shown to the reviewer; `info` lowers the quality notes. */
export const Severity = Type.Enum(['error', 'warning', 'info'])
export type Severity = Static<typeof Severity>

/** The one form of every problem that any rule finds, in the command line, the registry and the pages. */
export const Finding = Type.Object({
  code: Type.String({ description: 'Stable code of the rule, e.g. `manifest-unknown-key`' }),
  severity: Severity,
  message: Type.String({ description: 'What is wrong, in one sentence' }),
  fix: Type.String({ description: 'What to do next' }),
  path: Type.Optional(Type.String({ description: 'File, relative to the plugin folder' })),
  line: Type.Optional(Type.Integer({ minimum: 1, description: 'Line in that file, from 1' })),
})
export type Finding = Static<typeof Finding>
