import type { Static, TSchema } from 'typebox'
import type { ErrorCode } from './errors.ts'
import type { RoutePermission } from './permissions.ts'

/** A body that is a package: raw `application/gzip`, streamed. */
export const packageBody = { contentType: 'application/gzip' } as const
/** An answer that is bytes: a package or a file of a bundle. */
export const bytesAnswer = { contentType: 'application/octet-stream' } as const
/** An answer that is a page to read. */
export const pageAnswer = { contentType: 'text/html' } as const
/** An answer that goes on until somebody ends it: server-sent events. */
export const eventStreamAnswer = { contentType: 'text/event-stream' } as const

/** One route as data. Mounting, validation, types, the client and the OpenAPI document come from it. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Express path: `:name` is a parameter, `*path` the rest of the path. */
  readonly path: string
  readonly permission: RoutePermission
  readonly summary: string
  readonly params?: TSchema
  readonly query?: TSchema
  readonly body?: TSchema | typeof packageBody
  readonly status: 200 | 201 | 204
  /** Absent for 204. */
  readonly answer?: TSchema | typeof bytesAnswer | typeof pageAnswer | typeof eventStreamAnswer
  /** Codes that this route's own rules give, beside those that every route can give. */
  readonly errors: readonly ErrorCode[]
}

/** Keeps the row's literal types. */
export function route<const Row extends Route>(row: Row): Row {
  return row
}

type StaticOf<Schema> = Schema extends TSchema ? Static<Schema> : undefined

export type ParamsOf<Row> = Row extends { params: infer S } ? StaticOf<S> : Record<never, never>
export type QueryOf<Row> = Row extends { query: infer S } ? StaticOf<S> : Record<never, never>
export type BodyOf<Row> = Row extends { body: typeof packageBody }
  ? AsyncIterable<Uint8Array>
  : Row extends { body: infer S }
    ? StaticOf<S>
    : undefined
export type AnswerOf<Row> = Row extends { answer: typeof bytesAnswer | typeof pageAnswer | typeof eventStreamAnswer }
  ? Response
  : Row extends { answer: infer S }
    ? StaticOf<S>
    : undefined
