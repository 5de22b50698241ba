import { type ErrorCode, errors, type Operation, type Route, routes } from '@plexica/api'
import express, {
  type ErrorRequestHandler,
  type Express,
  type Request,
  type RequestHandler,
  type Response,
} from 'express'
import { addressOf, auditEntry, isAudited, isChange } from '../audit/audit-entry.ts'
import { authenticate } from '../auth/authenticate.ts'
import { refusal } from '../auth/policy.ts'
import { anonymous, type Principal } from '../auth/principal.ts'
import { hasSessionCookie } from '../auth/session-cookie.ts'
import { budgetOf } from '../rate-limits/budgets.ts'
import { networkOf } from '../rate-limits/network-of.ts'
import { slowGuesses } from '../rate-limits/slow-guesses.ts'
import type { World } from '../world.ts'
import { asRegistryError } from './error-response.ts'
import type { Call, Handlers } from './handler.ts'
import { RegistryError } from './registry-error.ts'
import { Reply } from './reply.ts'
import { sendReply } from './send-reply.ts'
import { validateRequest } from './validate-request.ts'

/** JSON bodies are small forms; packages come as streams. */
const jsonLimit = 256 * 1024
const parseJson = express.json({ limit: jsonLimit, type: 'application/json' })

/** Mounts every route of the contract: authenticate → limit → authorise → parse → handle → audit → send. */
export function mountRoutes(app: Express, world: World, handlers: Handlers): void {
  const methods = new Map<string, string[]>()
  for (const [name, row] of Object.entries<Route>(routes)) {
    const operation = name as Operation
    const handler = handlers[operation] as (call: Call<Operation>) => Promise<unknown>
    const steps: RequestHandler[] = [authorise(world, row)]
    if (row.body) steps.push(refuseOtherTypes(row))
    if (row.body && !('contentType' in row.body)) steps.push(parseJson)
    steps.push(answer(world, operation, handler))
    const mount = row.method.toLowerCase() as 'get' | 'post' | 'put' | 'delete'
    app[mount](row.path, ...steps, auditRefusal(world, operation))
    methods.set(row.path, [
      ...(methods.get(row.path) ?? []),
      ...(row.method === 'GET' ? ['GET', 'HEAD'] : [row.method]),
    ])
  }
  // `app.all` would add a step for each of the 35 methods that Node knows, to each of the paths.
  for (const [path, allowed] of methods) app.route(path).all(refuseMethod(allowed))
}

/** For what no route and no page has answered. */
export const refuseUnknown: RequestHandler = (request) => {
  throw new RegistryError('route_not_found', `There is nothing at ${request.path.slice(0, 200)}.`)
}

function authorise(world: World, row: Route): RequestHandler {
  return async (request, response, next) => {
    const { locals } = response as Response<unknown, Locals>
    locals.atDoor = true
    // Unless the answer says otherwise, a browser that has signed in has it for itself.
    if (hasSessionCookie(request.headers)) response.set({ 'cache-control': 'private, no-cache', vary: 'cookie' })
    const principal = await identify(world, request)
    locals.principal = principal
    const budget = budgetOf(row)
    if (budget) await world.limiter.spend(budget, callerOf(principal, request))
    const refused = refusal(
      principal,
      row.permission,
      stringParam(request, 'tenantId'),
      stringParam(request, 'pluginId'),
    )
    if (refused) throw new RegistryError(refused.code, refused.detail, challengeOf(refused.code, row))
    locals.atDoor = false
    next()
  }
}

/** What is known of a call while it runs. */
interface Locals extends Record<string, unknown> {
  principal?: Principal
  about?: Readonly<Record<string, string>>
  /** Nobody has looked yet at what the call is about: a refusal is the policy's. */
  atDoor?: boolean
}

async function identify(world: World, request: Request): Promise<Principal> {
  if (request.headers.authorization === undefined) return authenticate(world, request)
  return slowGuesses(world.limiter, networkOf(addressOf(request)), () => authenticate(world, request))
}

function callerOf(principal: Principal, request: Request): string {
  if (principal.kind === 'anonymous') return networkOf(addressOf(request))
  return principal.keyId ?? `subject ${principal.tenantId ?? ''} ${principal.subject}`
}

/** Which permission would have been enough (RFC 6750, §3.1). */
function challengeOf(code: ErrorCode, { permission }: Route): { headers?: Record<string, string> } {
  if (code !== 'key_scope') return {}
  return {
    headers: { 'www-authenticate': `Bearer realm="plexica", error="insufficient_scope", scope="${permission}"` },
  }
}

function stringParam(request: Request, name: string): string | undefined {
  const value = request.params[name]
  return typeof value === 'string' ? value : undefined
}

function refuseOtherTypes(row: Route): RequestHandler {
  const wanted = row.body && 'contentType' in row.body ? String(row.body.contentType) : 'application/json'
  return (request, _response, next) => {
    // Where there is no body at all, the findings say that it is missing.
    if (request.is(wanted) === false) throw new RegistryError('media_type_unsupported', `This route takes ${wanted}.`)
    next()
  }
}

function refuseMethod(allowed: string[]): RequestHandler {
  return (request) => {
    const allow = allowed.join(', ')
    throw new RegistryError('method_not_allowed', `${request.method} is not possible here; ${allow} are.`, {
      headers: { allow },
    })
  }
}

function answer(
  world: World,
  operation: Operation,
  handler: (call: Call<Operation>) => Promise<unknown>,
): RequestHandler {
  const row: Route = routes[operation]
  return async (request: Request, response: Response<unknown, Locals>) => {
    const { locals } = response
    const isPackage = row.body !== undefined && 'contentType' in row.body
    const parts = validateRequest(row, {
      params: { ...request.params },
      query: queryOf(request),
      body: isPackage ? undefined : request.body,
    })
    const result = await handler({
      world,
      ...parts,
      ...(isPackage ? { body: request } : {}),
      principal: locals.principal,
      about: (parts: Readonly<Record<string, string>>) => {
        locals.about = { ...locals.about, ...parts }
      },
      log: request.log,
      headers: request.headers,
      network: networkOf(addressOf(request)),
    } as unknown as Call<Operation>)
    if (isChange(row)) {
      const { principal = anonymous, about = {} } = locals
      const status = result instanceof Reply ? result.status : row.status
      await world.audit.record(
        auditEntry(request, { operation, principal, about, status, code: null, at: world.now() }),
      )
    }
    if (result instanceof Reply) await sendReply(request, response, result)
    else if (result === undefined) response.status(row.status).end()
    else response.status(row.status).json(result)
  }
}

/** What went wrong goes into the audit, and then on to be answered. A failure that may have changed something is not lost. */
function auditRefusal(world: World, operation: Operation): ErrorRequestHandler {
  const row: Route = routes[operation]
  return async (error: unknown, request, response, next) => {
    const { principal = anonymous, about = {}, atDoor = false } = response.locals as Locals
    const { code } = asRegistryError(error)
    const { status } = errors[code]
    if (!response.headersSent && isAudited(row, code, { atDoor })) {
      const entry = auditEntry(request, { operation, principal, about, status, code, at: world.now() })
      if (status < 500) world.audit.note(entry)
      else if (isChange(row)) {
        await world.audit
          .record(entry)
          .catch((cause: unknown) => request.log.error({ err: cause, entry }, 'a call is missing in the audit'))
      }
    }
    next(error)
  }
}

/** `category[]=a` is what some clients write for a list; the brackets say nothing more. */
function queryOf(request: Request): Record<string, unknown> {
  // Without a prototype, a parameter named `__proto__` is an unknown field like any other.
  const query: Record<string, unknown> = Object.create(null)
  for (const [written, value] of Object.entries(request.query)) {
    const name = written.replace(/\[\]$/, '')
    query[name] = name in query ? [query[name], value].flat() : value
  }
  return query
}
