import { randomBytes, randomUUID } from 'node:crypto'
import { extname } from 'node:path'
import { importMap } from '@plexica/host/shared'
import { type Request, type Response, Router } from 'express'
import { type PageName, type PageSettings, pageNames } from '../pages/page-settings.ts'
import type { BuiltPages } from './build-pages.ts'
import { pagePolicy } from './page-policy.ts'
import { personFor } from './people.ts'
import type { Tokens } from './tokens.ts'

const addresses: Record<PageName, string> = { storefront: '/', admin: '/admin', editor: '/editor' }
const titles: Record<PageName, string> = {
  storefront: 'Harbor &amp; Pine',
  admin: 'Back office · Harbor &amp; Pine',
  editor: 'Page editor · Harbor &amp; Pine',
}

const types: Record<string, string> = { '.js': 'text/javascript', '.css': 'text/css' }

export interface PagesOptions {
  registry: string
  tenant: string
  tokens: Tokens
}

/** The three pages and what they are made of. */
export function answerPages(built: BuiltPages, { registry, tenant, tokens }: PagesOptions): Router {
  const router = Router()
  router.use((_request, response, next) => {
    response.set({
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'strict-origin-when-cross-origin',
    })
    next()
  })

  router.get('/assets/*path', (request, response) => {
    const path = [request.params.path].flat().join('/')
    const text = built.get(path)
    if (text === undefined) response.sendStatus(404)
    else response.type(types[extname(path)] ?? 'text/plain').send(text)
  })

  for (const page of pageNames) {
    router.get(addresses[page], async (request, response) => {
      const nonce = randomBytes(16).toString('base64')
      const settings: PageSettings = {
        page,
        registry,
        tenant,
        token: await tokens.give(personFor(page, request)),
        visitor: visitorOf(request, response),
      }
      response.set('content-security-policy', pagePolicy(nonce, registry))
      response.type('html').send(html(nonce, settings))
    })
  }
  return router
}

/** By a cookie, so that an A/B experiment shows the same visitor the same. */
function visitorOf(request: Request, response: Response): string {
  const known = /(?:^|;\s*)visitor=([\w-]{36})(?:;|$)/.exec(request.get('cookie') ?? '')?.[1]
  const visitor = known ?? randomUUID()
  response.cookie('visitor', visitor, { httpOnly: true, sameSite: 'lax', maxAge: 365 * 24 * 60 * 60_000 })
  return visitor
}

/**
 * The import map stands before the first script: with it plugins find the page's React. What it leads to is asked for at
 * once, which saves the first plugin a round trip.
 */
function html(nonce: string, settings: PageSettings): string {
  const { page } = settings
  const map = importMap('/assets/shared/')
  const preloads = Object.values(map.imports).map(
    (href) => `<link rel="modulepreload" nonce="${nonce}" href="${href}">`,
  )
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${titles[page]}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/assets/${page}.css">
<script type="importmap" nonce="${nonce}">${inScript(map)}</script>
${preloads.join('\n')}
<script type="application/json" id="settings">${inScript(settings)}</script>
<script type="module" nonce="${nonce}" src="/assets/${page}.js"></script>
</head>
<body><div id="page"></div></body>
</html>`
}

/** JSON that no text in it can end the script element. */
function inScript(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c')
}
