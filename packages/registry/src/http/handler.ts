import type { AnswerOf, BodyOf, Operation, ParamsOf, QueryOf, Routes } from '@plexica/api'
import type { Request } from 'express'
import type { Logger } from 'pino'
import type { About } from '../audit/audit-entry.ts'
import type { Principal } from '../auth/principal.ts'
import type { World } from '../world.ts'
import type { Reply } from './reply.ts'

/** What a handler gets: everything parsed and checked against the route's row. */
export interface Call<Name extends Operation> {
  readonly world: World
  readonly params: ParamsOf<Routes[Name]>
  readonly query: QueryOf<Routes[Name]>
  readonly body: BodyOf<Routes[Name]>
  readonly principal: Principal
  readonly log: Logger
  /** Tells the audit what a call is about where the address does not. */
  readonly about: About
  /** For what the row does not say: conditional and range headers. */
  readonly headers: Request['headers']
  /** By what somebody without a key is limited. */
  readonly network: string
}

/** A route's code. Bytes are answered by a `Reply`; any other answer may be one too, when it has headers of its own. */
export type Handler<Name extends Operation> = (
  call: Call<Name>,
) => Promise<(AnswerOf<Routes[Name]> extends Response ? never : AnswerOf<Routes[Name]>) | Reply>

/** One handler for each route: the type fails when a route has none. */
export type Handlers = { readonly [Name in Operation]: Handler<Name> }
