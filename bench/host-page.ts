import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { createClient } from '../packages/api/src/index.ts'
import { buildPage } from '../packages/host/scripts/build-page.ts'
import { importMap } from '../packages/host/src/shared-modules.ts'
import { launchBrowser } from '../packages/host/test/find-browser.ts'
import { runProgram } from '../scripts/programs.ts'
import type { Bench } from './bench.ts'
import { compare } from './measure.ts'
import { builtPackage } from './packages.ts'
import { reportRow } from './report.ts'
import { publishAndApprove, startOurRegistry } from './servers.ts'

type Browser = Awaited<ReturnType<typeof launchBrowser>>
type Context = Awaited<ReturnType<Browser['newContext']>>

const ids = Array.from({ length: 10 }, (_, number) => `bench-board-${number}`)
/** Of each plugin’s source, which makes two panels. */
const sourceBytes = 16_384
const panels = ids.length * 2

/** Ten installed plugins in a page, beside the same ten bundled into it: from the navigation until all stand there. */
export async function benchHostPage(bench: Bench): Promise<void> {
  const registry = await startOurRegistry(bench)
  const admin = createClient({ url: registry.url, token: registry.adminKey })
  const tenantId = 'bench'
  let browser: Browser | undefined
  const stops: (() => Promise<void>)[] = [registry.stop]
  try {
    await admin.createTenant({ body: { id: tenantId, name: 'Bench' } })
    for (const pluginId of ids) {
      await publishAndApprove(registry, builtPackage(bench, pluginId, sourceBytes))
      await admin.installPlugin({ params: { tenantId, pluginId }, body: {} })
    }
    const made = await runProgram(
      [bench.registry, 'keys', 'create', '--subject', 'bench-page', '--role', 'tenant-user', '--tenant', tenantId],
      { env: registry.env },
    )
    const hosted = await servePage(bench, 'hosted', hostedSource(registry.url, tenantId, made.stdout.trim()))
    const bundled = await servePage(bench, 'bundled', bundledSource(bench))
    stops.push(hosted.stop, bundled.stop)
    browser = await launchBrowser()
    const running = browser

    const cold = (url: string) => async () => {
      const context = await running.newContext()
      const took = await timeToAll(context, url)
      await context.close()
      return took
    }
    reportRow(
      'ten plugins in a page, nothing cached',
      'ms',
      await compare({ bundled: cold(bundled.url), plexica: cold(hosted.url) }, bench.rounds),
      [{ against: 'bundled', most: bars.cold }],
    )

    const context = await running.newContext()
    const warm = (url: string) => () => timeToAll(context, url)
    reportRow(
      'ten plugins in a page, everything cached',
      'ms',
      await compare({ bundled: warm(bundled.url), plexica: warm(hosted.url) }, bench.rounds),
      [{ against: 'bundled', most: bars.warm }],
    )
  } finally {
    await browser?.close()
    for (const stop of stops.reverse()) await stop()
  }
}

const bars = { cold: 3, warm: 3 }

/** Milliseconds from the navigation until the last panel stands in the page. */
async function timeToAll(context: Context, url: string): Promise<number> {
  const page = await context.newPage()
  await page.goto(url)
  const at = await page.waitForFunction(() => Reflect.get(globalThis, 'allStoodAt'))
  const took = Number(await at.jsonValue())
  await page.close()
  return took
}

/** Says when as many panels stand in the page as there have to be. */
const watch = `
new MutationObserver(() => {
  if (!globalThis.allStoodAt && document.querySelectorAll('section[aria-label^=Panel]').length === ${panels}) {
    globalThis.allStoodAt = performance.now()
  }
}).observe(document.body, { childList: true, subtree: true })
`

function hostedSource(registry: string, tenant: string, token: string): string {
  const host = join(import.meta.dirname, '../packages/host/src')
  return `
import * as react from 'react'
import * as jsxRuntime from 'react/jsx-runtime'
import * as reactDom from 'react-dom'
import * as reactDomClient from 'react-dom/client'
import { createHost } from '${host}/index.ts'
import { ExtensionPoint, HostProvider } from '${host}/react.tsx'
${watch}
const host = createHost({
  ...${JSON.stringify({ registry, tenant, token })},
  shared: { react, 'react/jsx-runtime': jsxRuntime, 'react-dom': reactDom, 'react-dom/client': reactDomClient },
})
reactDomClient.createRoot(document.getElementById('root')).render(
  <HostProvider host={host}><ExtensionPoint name="dashboard.widgets" /></HostProvider>,
)
`
}

/** What a team does that builds all ten into its page. */
function bundledSource({ scratch }: Bench): string {
  const imports = ids.map(
    (id, number) => `import { Board as Board${number} } from '${scratch}/built-${id}/src/index.tsx'`,
  )
  return `
import { createRoot } from 'react-dom/client'
${imports.join('\n')}
${watch}
createRoot(document.getElementById('root')).render(<>${ids.map((_, number) => `<Board${number} />`).join('')}</>)
`
}

/** The page with its script and shims, which the browser may keep; the document is asked for every time. */
async function servePage({ scratch }: Bench, name: string, source: string) {
  const entry = join(scratch, `${name}.tsx`)
  writeFileSync(entry, source)
  const { script, shims } = await buildPage(entry)
  const files = new Map([['/page.js', script]])
  for (const [file, text] of Object.entries(shims)) files.set(`/shared/${file}`, text)
  const map = importMap('/shared/')
  // As the host's README advises.
  const preloads = Object.values(map.imports).map((file) => `<link rel="modulepreload" href="${file}">`)
  const html = `<!doctype html><meta charset="utf-8"><title>${name}</title><link rel="icon" href="data:,">
<script type="importmap">${JSON.stringify(map)}</script>${name === 'hosted' ? preloads.join('') : ''}
<div id="root"></div><script type="module" src="/page.js"></script>`
  const server = createServer((request, response) => {
    const file = files.get(request.url ?? '')
    if (file === undefined) return response.setHeader('content-type', 'text/html; charset=utf-8').end(html)
    response.setHeader('content-type', 'text/javascript; charset=utf-8')
    response.setHeader('cache-control', 'public, max-age=31536000, immutable').end(file)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
