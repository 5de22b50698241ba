import { type ErrorCode, errors, type Problem } from '@plexica/api'
import type { Finding } from '@plexica/manifest-schema'

/** An expected refusal: a row of the error table, with a more exact sentence and findings where there are any. */
export class RegistryError extends Error {
  override readonly name = 'RegistryError'
  readonly code: ErrorCode
  readonly findings: readonly Finding[] | undefined
  readonly headers: Readonly<Record<string, string>>
  readonly parts: Problem['parts']

  constructor(
    code: ErrorCode,
    detail: string = errors[code].sentence,
    more: {
      findings?: readonly Finding[]
      headers?: Record<string, string>
      parts?: Problem['parts']
      cause?: unknown
    } = {},
  ) {
    super(detail, { cause: more.cause })
    this.code = code
    this.findings = more.findings
    this.headers = more.headers ?? {}
    this.parts = more.parts
  }
}
