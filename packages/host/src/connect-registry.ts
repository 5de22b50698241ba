import { ApiError, type Client } from '@plexica/api/client'
import { messageOf } from './host-errors.ts'

/** What a host asks of the registry. The client for everything would be a third of what a page may load. */
export type Registry = Pick<Client, 'listInstallations' | 'streamEvents' | 'reportTelemetry'>

/** Milliseconds until there has to be an answer. */
const patience = 30_000

/** Characters of a body that surely fits into the 64 KiB that browsers send for pages that are gone (WHATWG Fetch). */
const fitsWhenGone = 20_000

/** What is sent as a bearer token, or who is asked for it before every call. */
export type Token = string | (() => string | Promise<string>) | undefined

/** @param url With or without a path before `/api`. */
export function connectRegistry({ url, token }: { url: string; token?: Token }): Registry {
  async function ask<Answer>(
    read: (response: Response) => Promise<Answer> | Answer,
    [tenantId, path]: [string, string],
    {
      query = {},
      signal,
      ...init
    }: RequestInit & { query?: Record<string, unknown> | undefined; signal?: AbortSignal },
  ): Promise<Answer> {
    const address = new URL(url)
    address.pathname = `${address.pathname.replace(/\/+$/, '')}/api/tenants/${encodeURIComponent(tenantId)}/${path}`
    address.search = ''
    for (const [name, value] of Object.entries(query)) address.searchParams.set(name, String(value))
    const headers: Record<string, string> = {}
    const bearer = typeof token === 'function' ? await token() : token
    if (bearer) headers.authorization = `Bearer ${bearer}`
    if (init.body) headers['content-type'] = 'application/json'
    const clock = new AbortController()
    const timer = setTimeout(() => clock.abort(), patience)
    const until = signal ? AbortSignal.any([signal, clock.signal]) : clock.signal
    try {
      const response = await fetch(address, { ...init, headers, signal: until })
      if (!response.ok) throw await problemOf(response)
      return await read(response)
    } catch (cause) {
      if (signal?.aborted || cause instanceof ApiError) throw cause
      throw new ApiError({
        code: clock.signal.aborted ? 'registry_timeout' : 'registry_unreachable',
        status: 0,
        detail: `${url} cannot be reached: ${clock.signal.aborted ? 'it did not answer in time' : messageOf(cause)}.`,
        fix: 'Check the registry’s address, that it runs, and that the page’s policy lets it connect there.',
        cause,
      })
    } finally {
      clearTimeout(timer)
    }
  }

  return {
    listInstallations: ({ params, ...rest }) => ask((response) => response.json(), [params.tenantId, 'plugins'], rest),
    streamEvents: ({ params, ...rest }) => ask((response) => response, [params.tenantId, 'events'], rest),
    reportTelemetry({ params, body: reports }) {
      const body = JSON.stringify(reports)
      const init = { method: 'POST', body, keepalive: body.length <= fitsWhenGone }
      return ask(() => undefined, [params.tenantId, 'telemetry'], init)
    },
  }
}

/** What the registry says; a proxy in its place may say anything. */
async function problemOf(response: Response): Promise<ApiError> {
  const { status } = response
  const problem = await response.json().catch(() => undefined)
  if (typeof problem?.code === 'string' && typeof problem.detail === 'string')
    return new ApiError({ ...problem, status })
  return new ApiError({
    code: 'registry_answer_invalid',
    status,
    detail: `${response.url} answered with status ${status} and something that is not a Plexica registry’s JSON.`,
    fix: 'Check the registry’s address, and whether a proxy answers in its place.',
  })
}
