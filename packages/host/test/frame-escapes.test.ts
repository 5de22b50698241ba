import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { FrameSource } from '../src/frame.ts'
import { openSandbox, type Sandbox, serveAnything, serveStun, watchWindow } from './open-sandbox.ts'
import { type Addresses, attempts, leaks } from './plugins/escape-artist/attempts.ts'

/** What ends a frame: the name under which it is shown, what it is, how it is tried, and what becomes of it. */
const ends = [
  ['location', 'leave for another page with what it knows', 'Leaver', 'frame_hangs'],
  ['refresh', 'the same by `<meta http-equiv="refresh">`', 'Leaver', 'frame_hangs'],
  ['link', 'the same by a link', 'Leaver', 'frame_hangs'],
  ['port', 'flood its port', 'Flooder', 'frame_flooded'],
  ['page', 'flood the platform’s page', 'Flooder', 'frame_flooded'],
  ['requests', 'ask for 51 things at once', 'Flooder', 'frame_flooded'],
  ['size', 'send a message of more than a megabyte', 'Flooder', 'frame_flooded'],
  ['bytes', 'send what is no text', 'Flooder', 'frame_flooded'],
] as const
const loop = ['loop', 'loop for ever; sandboxed neighbours hang with it', 'Looper', 'frame_hangs'] as const

let sandbox: Sandbox
let source: (exportName: string) => FrameSource
let addresses: Addresses
let elsewhere: Awaited<ReturnType<typeof serveAnything>>
let declared: Awaited<ReturnType<typeof serveAnything>>
const noticed = new Set<string>()
const closers: (() => unknown)[] = []

beforeAll(async () => {
  sandbox = await openSandbox()
  closers.push(sandbox.close)
  elsewhere = await serveAnything()
  declared = await serveAnything('localhost')
  const stun = await serveStun(() => noticed.add('web-rtc'))
  const stunInside = await serveStun(() => noticed.add('web-rtc-inside'))
  closers.push(elsewhere.close, declared.close, stun.close, stunInside.close)
  addresses = {
    elsewhere: elsewhere.url,
    declared: declared.url,
    registry: sandbox.registry.url,
    stun: stun.url,
    stunInside: stunInside.url,
  }
  source = await sandbox.install('escape-artist', {
    network: ['localhost'],
    backend: undefined,
    components: [{ name: 'EscapeArtist', export: 'EscapeArtist', extensionPoint: 'puck' }],
  })
}, 120_000)
afterAll(async () => {
  for (const close of closers) await close()
})

type Outcomes = Record<string, string>
const keysOf = (list: typeof attempts) => list.map(({ key }) => key)

/** What was told, unless somebody has seen more: a server, the window, or the page’s own listeners. */
async function seenBy(page: Page, told: Outcomes, seen: readonly string[]): Promise<Outcomes> {
  const heard = await page.evaluate(() => globalThis.sandbox.heard.map(String))
  const open = new Set([...elsewhere.asked, ...noticed, ...heard, ...seen])
  const keys = keysOf([...attempts, ...leaks])
  return Object.fromEntries(keys.map((key) => [key, open.has(key) ? 'open' : (told[key] ?? 'nothing')]))
}

/** Waits until everything has succeeded for code that runs in the platform’s page itself. */
async function tryInPage(): Promise<void> {
  const page = await sandbox.visit()
  const seen = watchWindow(page)
  const [leaving, staying] = [true, false].map((leaves) =>
    keysOf([...attempts, ...leaks].filter((attempt) => (attempt.leaves ?? false) === leaves)),
  )
  await page.evaluate(([keys, all]) => globalThis.sandbox.tryHere(keys, all), [staying ?? [], addresses] as const)
  const shut = async () => {
    const outcomes = await seenBy(page, await page.evaluate(() => globalThis.sandbox.told), seen)
    return (staying ?? []).filter((key) => outcomes[key] !== 'open')
  }
  await expect.poll(shut, { timeout: 20_000 }).toEqual([])
  for (const key of leaving ?? []) {
    await page.goto(sandbox.platform)
    const left = page.waitForURL(`${elsewhere.url}/${key}`)
    await page.evaluate(([one, all]) => globalThis.sandbox.tryHere([one], all), [key, addresses] as const)
    await left
  }
  await page.context().close()
  elsewhere.asked.length = 0
  noticed.clear()
}

const show = (page: Page, name: string, exportName: string, props: object = {}) =>
  page.evaluate(([title, shown]) => globalThis.sandbox.show(title, shown), [
    name,
    {
      source: source(exportName),
      props: { addresses, notGranted: 'orders:write', ...props },
      granted: ['orders:read', 'never'],
    },
  ] as const)

async function failureOf(page: Page, name: string): Promise<string> {
  await page.waitForFunction((title) => title in globalThis.sandbox.failures, name)
  return page.evaluate((title) => globalThis.sandbox.failures[title]?.code ?? '', name)
}

test('nothing that a plugin tries leads out of its frame', { timeout: 120_000 }, async () => {
  // So that what is refused in the frame is refused, and not broken.
  await tryInPage()

  const page = await sandbox.visit()
  const seen = watchWindow(page)
  await show(page, 'escapes', 'EscapeArtist')
  const frame = page.frameLocator('iframe[title="escapes"]').frameLocator('iframe')
  const { tried, controls } = JSON.parse((await frame.locator('pre', { hasText: '{' }).textContent()) ?? '')
  const ended: Outcomes = {}
  expect(controls).toEqual({
    'declared-fetch': '',
    'declared-picture': 'loads',
    granted: '7 orders',
    'not-granted': 'permission_not_granted',
    forged: 'permission_not_granted',
  })
  expect(declared.asked.toSorted()).toEqual(['declared-fetch', 'declared-picture'])

  // The one that loops comes last: it holds up its neighbours, whose frames the browser runs in the same process.
  for (const [name, , exportName] of ends) await show(page, name, exportName, { by: name })
  for (const [name] of ends) ended[name] = await failureOf(page, name)
  expect([await page.locator('iframe').count(), await frame.locator('pre').count()]).toEqual([1, 1])
  await show(page, loop[0], loop[2])
  ended[loop[0]] = await failureOf(page, loop[0])
  expect([elsewhere.asked, [...noticed], seen, page.url()]).toEqual([[], [], [], `${sandbox.platform}/`])

  // Only now: what was on its way has arrived.
  const inFrame = { ...(await seenBy(page, tried, seen)), ...ended }
  const report = markdown(inFrame)
  console.log(report)
  for (const key of keysOf(attempts)) expect([key, inFrame[key]]).not.toEqual([key, 'open'])
  for (const [name, , , code] of [...ends, loop]) expect([name, inFrame[name]]).toEqual([name, code])
  if (process.env.UPDATE) await writeFile(written, report)
  expect(await readFile(written, 'utf8'), 'it is stale: run this test with UPDATE=1').toBe(report)
})

const written = join(import.meta.dirname, '../../../docs/reference/sandbox-escapes.md')

function markdown(inFrame: Outcomes): string {
  const row = (...cells: (string | undefined)[]) => `| ${cells.join(' | ')} |`
  const rowOf = ({ key, what, stoppedBy }: (typeof attempts)[number]) => row(what, stoppedBy, inFrame[key])
  return `<!-- Made by packages/host/test/frame-escapes.test.ts. -->

# Escapes from the sandbox

What a hostile plugin tries in its frame, in Chromium, on a platform’s page without a Content-Security-Policy of its own.
In the page itself each of the first table succeeds. “Nothing” means that neither the plugin, nor a server, nor the
window, nor the page saw anything come of it. What its manifest declares and its tenant grants does work beside it.

${[
  row('tried', 'what stops it', 'what comes of it'),
  row('---', '---', '---'),
  ...attempts.map(rowOf),
  row('a permission that is not granted, by the API', 'the host', 'permission_not_granted'),
  row('the same, forged past the frame’s script', 'the host', 'permission_not_granted'),
].join('\n')}

These end the frame, and the page goes on:

${[
  row('tried', 'what comes of it'),
  row('---', '---'),
  ...[...ends, loop].map(([name, what]) => row(what, inFrame[name])),
].join('\n')}

This is open, as it is to every frame:

${[row('tried', 'what stops it', 'what comes of it'), row('---', '---', '---'), ...leaks.map(rowOf)].join('\n')}
`
}
