import type { RequestHandler } from 'express'
import { contentTypeOf, keptByAll } from '../bundles/bundle-headers.ts'
import { byteReply } from '../http/byte-reply.ts'
import { preferredEncoding } from '../http/content-encoding.ts'
import { qualityValues } from '../http/quality-values.ts'
import { Reply } from '../http/reply.ts'
import { sendReply } from '../http/send-reply.ts'
import type { World } from '../world.ts'
import { indexPath, type PageFile, type PageFiles } from './page-files.ts'
import { ownPages, pageHeaders } from './page-headers.ts'
import { linksOfPages } from './page-preloads.ts'

/** Where no page is: what is not known there is answered as the interface answers. */
const notPages = /^\/(api|assets|plugins\/bundles|healthz|readyz|metrics)(\/|$)/

/**
 * Answers with the pages' files, and with the one page for every other address that a browser opens: which page that is,
 * the page's own script knows. What is neither goes on to whoever comes next.
 */
export function answerPages(world: Pick<World, 'config' | 'publicUrl'>, files: PageFiles | undefined): RequestHandler {
  const linkOf = linksOfPages(files)
  return async (request, response, next) => {
    const { method, path, headers } = request
    if (method !== 'GET' && method !== 'HEAD') return next()
    const file = path === indexPath ? undefined : files?.get(path)
    const isPage = !file && !notPages.test(path) && takesPages(headers.accept)
    const index = isPage ? files?.get(indexPath) : undefined
    if (file) {
      await sendReply(request, response, await fileReply(request.headers, file, fileHeaders(path)))
    } else if (index) {
      const { cdnUrl } = world.config
      // An address with a search shows something else than the page that the build knows.
      const link = request.url.includes('?') ? undefined : linkOf(path)
      const more = {
        ...pageHeaders([world.publicUrl(), ...(cdnUrl ? [cdnUrl] : [])]),
        vary: 'accept, accept-encoding',
        ...(link && { link }),
      }
      await sendReply(request, response, await fileReply(request.headers, index, more))
    } else if (isPage && path === '/') {
      await sendReply(request, response, notBuilt())
    } else {
      next()
    }
  }
}

/** A program that takes anything gets the interface's answers. */
function takesPages(accept: string | undefined): boolean {
  return accept !== undefined && (qualityValues(accept).get('text/html') ?? 0) > 0
}

/** What stands under `/assets/` has its hash in its name; the rest is asked for anew. */
function fileHeaders(path: string): Record<string, string> {
  const isAsset = path.startsWith('/assets/')
  return {
    'content-type': contentTypeOf(path),
    'cache-control': isAsset ? keptByAll : 'no-cache',
    'x-content-type-options': 'nosniff',
    vary: 'accept-encoding',
    // The page of previews has no origin, and its modules are asked for as another origin's. They are everybody's.
    ...(isAsset ? { 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' } : {}),
    ...ownPages[path],
  }
}

function fileReply(
  request: Parameters<typeof byteReply>[0],
  file: PageFile,
  headers: Record<string, string>,
): Promise<Reply> {
  const wanted = preferredEncoding(request['accept-encoding'])
  const encoding = file[wanted] ? wanted : 'identity'
  const { bytes, etag } = file[encoding] ?? file.identity
  return byteReply(request, {
    etag,
    bytes: bytes.length,
    headers: encoding === 'identity' ? headers : { ...headers, 'content-encoding': encoding },
    open: async (range) => (range ? bytes.subarray(range.start, range.end + 1) : bytes),
  })
}

/** Says to whoever opens a registry without pages that it runs. */
function notBuilt(): Reply {
  const html = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Plexica registry</title>
<h1>This registry runs without its pages</h1>
<p>Build them with <code>pnpm --filter @plexica/web build</code> in its sources and start it again.</p>
<p>Its interface works as it is: <a href="/api/reference">the reference</a> shows every route.</p>
</html>
`
  const headers = { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache', vary: 'accept' }
  return new Reply(200, headers, Buffer.from(html))
}
