import { type ErrorCode, errors, type Problem } from '@plexica/api'
import type { ErrorRequestHandler, Response } from 'express'
import { BlobDamaged, BlobStoreFull, BlobStoreUnavailable } from '../blobs/blob-store.ts'
import { DatabaseUnavailable } from '../db/database-unavailable.ts'
import { discardBody } from './discard-body.ts'
import { RegistryError } from './registry-error.ts'
import { requestFinding } from './request-finding.ts'

/** The only error middleware: turns whatever a handler threw into problem details (RFC 9457). */
export const answerError: ErrorRequestHandler = (error: unknown, request, response, _next) => {
  const refused = asRegistryError(error)
  if (errors[refused.code].status >= 500) request.log.error({ err: error, code: refused.code }, refused.message)
  response.locals.code = refused.code
  // Half an answer cannot become another one: the connection is cut, so that nobody takes it for whole.
  if (response.headersSent) return void response.destroy()
  sendProblem(response, refused, String(request.id))
}

/** The problem details of an error, without anything of the program's inside. */
export function problemOf({ code, message, findings, parts }: RegistryError, requestId: string): Problem {
  const { status, sentence, fix } = errors[code]
  return {
    type: `urn:plexica:error:${code}`,
    title: sentence,
    status,
    detail: message,
    code,
    fix,
    requestId,
    ...(findings ? { findings: [...findings] } : {}),
    ...(parts ? { parts } : {}),
  }
}

function sendProblem(response: Response, error: RegistryError, requestId: string): void {
  const { status } = errors[error.code]
  if (status === 503) response.set('retry-after', '5')
  if (status === 401) response.set('www-authenticate', challengeFor(error))
  if (!response.req.complete) discardBody(response.req)
  response
    .status(status)
    .set(error.headers)
    .type('application/problem+json')
    .send(JSON.stringify(problemOf(error, requestId)))
}

/** RFC 6750, §3: what was sent was no good, or nothing was sent. */
function challengeFor({ code }: RegistryError): string {
  return code === 'key_missing' ? 'Bearer realm="plexica"' : 'Bearer realm="plexica", error="invalid_token"'
}

/** The refusal that an error stands for; `internal` for what nobody expected. */
export function asRegistryError(error: unknown): RegistryError {
  if (error instanceof RegistryError) return error
  if (error instanceof BlobDamaged) return new RegistryError('package_damaged', undefined, { cause: error })
  if (error instanceof BlobStoreFull) return new RegistryError('storage_full', undefined, { cause: error })
  if (error instanceof BlobStoreUnavailable || error instanceof DatabaseUnavailable)
    return new RegistryError('storage_unavailable', undefined, { cause: error })
  if (!(error instanceof Error)) return new RegistryError('internal')
  const { type, status, code: name } = error as { type?: unknown; status?: unknown; code?: unknown }
  if (type === 'entity.parse.failed') {
    const findings = [requestFinding('body', 'The body is not JSON.', 'Send an object in JSON (RFC 8259).')]
    return new RegistryError('request_invalid', findings[0]?.message, { findings, cause: error })
  }
  const code = byBodyParser[String(type)] ?? codeOfSystem(String(name))
  if (code) return new RegistryError(code, undefined, { cause: error })
  // What Express cannot decode in an address, and the body parser in a compressed body.
  if (status === 400) {
    const findings = [requestFinding('request', `${error.message}.`, 'Encode it as its specification says.')]
    return new RegistryError('request_invalid', findings[0]?.message, { findings, cause: error })
  }
  return new RegistryError('internal', undefined, { cause: error })
}

function codeOfSystem(name: string): ErrorCode | undefined {
  // SQLite's codes have extensions, e.g. SQLITE_BUSY_SNAPSHOT.
  const [sqlite] = /^SQLITE_[A-Z]+/.exec(name) ?? []
  return bySystem[sqlite ?? name]
}

/** Names that the JSON body parser gives its errors. */
const byBodyParser: Record<string, ErrorCode> = {
  'entity.too.large': 'body_too_large',
  'encoding.unsupported': 'media_type_unsupported',
  'charset.unsupported': 'media_type_unsupported',
  'request.aborted': 'body_incomplete',
  'request.size.invalid': 'body_incomplete',
}

/** The names of Node and the databases for a full disk and a closed connection. */
const bySystem: Record<string, ErrorCode> = {
  ENOSPC: 'storage_full',
  EDQUOT: 'storage_full',
  SQLITE_FULL: 'storage_full',
  // PostgreSQL's SQLSTATE.
  '53100': 'storage_full',
  SQLITE_BUSY: 'storage_unavailable',
  SQLITE_IOERR: 'storage_unavailable',
  ECONNRESET: 'body_incomplete',
  ERR_STREAM_PREMATURE_CLOSE: 'body_incomplete',
}
