import { type Operation, type Route, routes } from '@plexica/api'
import express, { type Express, type Request, type RequestHandler, type Response } from 'express'
import { authenticate } from '../auth/authenticate.ts'
import { refusal } from '../auth/policy.ts'
import type { World } from '../world.ts'
import type { Call, Handlers } from './handler.ts'
import { RegistryError } from './registry-error.ts'
import { Reply } from './reply.ts'
import { sendReply } from './send-reply.ts'
import { validateRequest } from './validate-request.ts'

/** JSON bodies are small forms; packages come as streams. */
const jsonLimit = 256 * 1024
const parseJson = express.json({ limit: jsonLimit, type: 'application/json' })

/** Mounts every route of the contract: authenticate → authorise → parse → handle → send. */
export function mountRoutes(app: Express, world: World, handlers: Handlers): void {
  const methods = new Map<string, string[]>()
  for (const [operation, row] of Object.entries<Route>(routes)) {
    const handler = handlers[operation as Operation] as (call: Call<Operation>) => Promise<unknown>
    const steps: RequestHandler[] = [authorise(world, row)]
    if (row.body) steps.push(refuseOtherTypes(row))
    if (row.body && !('contentType' in row.body)) steps.push(parseJson)
    steps.push(answer(world, row, handler))
    app[row.method.toLowerCase() as 'get' | 'post' | 'put' | 'delete'](row.path, ...steps)
    methods.set(row.path, [
      ...(methods.get(row.path) ?? []),
      ...(row.method === 'GET' ? ['GET', 'HEAD'] : [row.method]),
    ])
  }
  for (const [path, allowed] of methods) app.all(path, refuseMethod(allowed))
  app.use((request) => {
    throw new RegistryError('route_not_found', `There is nothing at ${request.path.slice(0, 200)}.`)
  })
}

function authorise(world: World, row: Route): RequestHandler {
  return async (request, response, next) => {
    const principal = await authenticate(world, request.headers.authorization)
    const refused = refusal(principal, row.permission, stringParam(request, 'tenantId'))
    if (refused) throw new RegistryError(refused.code, refused.detail)
    response.locals.principal = principal
    next()
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

function answer(world: World, row: Route, handler: (call: Call<Operation>) => Promise<unknown>): RequestHandler {
  return async (request: Request, response: Response) => {
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
      principal: response.locals.principal,
      log: request.log,
      headers: request.headers,
    } as unknown as Call<Operation>)
    if (result instanceof Reply) await sendReply(request, response, result)
    else if (result === undefined) response.status(row.status).end()
    else response.status(row.status).json(result)
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
