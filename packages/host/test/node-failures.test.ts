import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type Backend, type BackendLimits, type BackendLogEntry, openBackend } from '../src/node/index.ts'
import { startWitness, type Witness } from './witness.ts'

const rows: string[] = []
let witness: Witness
let neighbour: Backend
let opened: Backend[] = []
let log: BackendLogEntry[] = []

beforeAll(async () => {
  witness = await startWitness()
  neighbour = open(`export const hooks = { work: () => 'fine' }`)
  opened = []
})
afterAll(async () => {
  await neighbour?.stop()
  await witness?.close()
  console.log(['', 'What goes wrong in a backend, and what its caller gets', ...rows].join('\n'))
})
afterEach(async () => {
  await Promise.all(opened.map((backend) => backend.stop()))
  opened = []
  log = []
})

/** A backend with the hooks `work` and `rest`; its call may take a second. */
function open(source: string, limits: Partial<BackendLimits> = {}, hooks = ['work']): Backend {
  const backend = openBackend(
    {
      pluginId: 'troubled',
      tenantId: 'acme',
      source,
      manifest: { backend: { entry: 'dist/backend.mjs', hooks }, network: ['localhost'] },
      configuration: {},
      grantedPermissions: ['orders:read'],
    },
    { limits: { time: 1_000, ...limits }, api: { 'orders:read': () => [] }, log: (entry) => log.push(entry) },
  )
  opened.push(backend)
  return backend
}

async function codeOf(call: Promise<unknown>): Promise<string> {
  try {
    return `answered ${JSON.stringify(await call)}`
  } catch (thrown) {
    const { code, message } = thrown as { code: string; message: string }
    return `${code}: ${message.split('\n')[0]?.slice(0, 110)}`
  }
}

/** Fails on `work`, answers on `good`; what is in it stands in the way of both being in one process. */
const withGood = (work: string) =>
  `export const hooks = { async work(payload, plexica) { ${work} }, good: () => 'again' }`

test.for([
  ['a loop without end', 'for (;;);', 'backend_timeout'],
  ['a promise that never settles', 'await new Promise(() => {})', 'backend_timeout'],
  [
    'microtasks without end',
    'const again = () => Promise.resolve().then(again); await again()',
    'backend_(?:timeout|memory)',
  ],
  ['objects without end', 'const all = []; for (;;) all.push(new Array(1000).fill({}))', 'backend_memory'],
  [
    'buffers without end',
    'const all = []; for (;;) { all.push(new Uint8Array(8e6).fill(1)); await new Promise((r) => setTimeout(r, 2)) }',
    'backend_memory',
  ],
  ['recursion without end', 'const again = () => 1 + again(); return again()', 'backend_threw'],
  ['process.exit()', 'process.exit(0)', 'backend_threw'],
  ['throws', 'throw new Error("sorry")', 'backend_threw'],
  ['throws null', 'throw null', 'backend_threw'],
  ['throws what cannot be shown', 'throw { get message() { throw 1 }, toString() { throw 2 } }', 'backend_threw'],
  [
    'throws from a timer',
    'setTimeout(() => { throw new Error("late") }); await new Promise(() => {})',
    'backend_crashed',
  ],
  [
    'a rejection that nobody handles',
    'Promise.reject(new Error("lost")); await new Promise(() => {})',
    'backend_crashed',
  ],
  ['answers too much', 'return "x".repeat(3e6)', 'backend_answer_too_large'],
  ['answers what is no JSON', 'const a = {}; a.a = a; return a', 'backend_threw'],
  ['answers a number of 64 bits', 'return 1n', 'backend_threw'],
  ['writes to the console without end', 'for (;;) console.log("x".repeat(1500))', 'backend_timeout'],
  [
    'asks the platform without end',
    'for (;;) plexica.request("orders:read").catch(() => {})',
    'backend_(?:timeout|memory)',
  ],
  [
    'lets a host answer too much',
    'const url = "http://localhost:" + payload + "/large"; try { await fetch(url) } catch (e) { throw e.cause }',
    'backend_threw',
  ],
  ['waits for a host that does not answer', 'await fetch("http://localhost:" + payload + "/never")', 'backend_timeout'],
] as const)('%s', { timeout: 60_000 }, async ([name, work, code]) => {
  const backend = open(withGood(work), { memory: 64 }, ['work', 'good'])
  await backend.start()
  // Objects take their time to fill the memory, on a machine that is busy.
  const outcome = codeOf(code === 'backend_memory' ? slowly(withGood(work)) : backend.call('work', witness.port))
  expect(await neighbour.call('work')).toBe('fine')
  rows.push(`  ${name.padEnd(40)} ${await outcome}`)
  expect(await outcome).toMatch(new RegExp(`^${code}: `))
  expect(await backend.call('good')).toBe('again')
  expect(await neighbour.call('work')).toBe('fine')
})

function slowly(source: string): Promise<unknown> {
  return open(source, { memory: 64, time: 30_000 }).call('work')
}

test.for([
  ['is no JavaScript', 'export const = 1', 'backend_start_failed'],
  ['throws while it starts', 'throw new Error("no")', 'backend_start_failed'],
  ['waits for ever while it starts', 'await new Promise(() => {})', 'backend_start_timeout'],
  ['lacks a hook that it declares', 'export const hooks = {}', 'backend_export_missing'],
  ['has a hook that is no function', 'export default { hooks: { work: 1 } }', 'backend_export_missing'],
  ['imports node:fs', 'import "node:fs"; export const hooks = { work() {} }', 'backend_module_refused'],
  ['imports a file beside it', 'import "./other.mjs"; export const hooks = { work() {} }', 'backend_module_refused'],
] as const)('a backend that %s', async ([name, source, code]) => {
  const backend = open(source, { startTime: code === 'backend_start_timeout' ? 500 : 10_000 })
  const outcome = await codeOf(backend.call('work'))
  rows.push(`  ${name.padEnd(40)} ${outcome}`)
  expect(outcome).toMatch(new RegExp(`^${code}: `))
  expect(await neighbour.call('work')).toBe('fine')
})

test('what ends again and again rests longer each time, and says why', async () => {
  const backend = open('throw new Error("no")')
  const codes = []
  for (let start = 0; start < 3; start++) codes.push(await codeOf(backend.call('work')))
  expect(codes[0]).toMatch(/^backend_start_failed/)
  expect(codes[1]).toMatch(/^backend_start_failed/)
  expect(codes[2]).toMatch(/^backend_resting: .* in 1 s\. .*Error: no/)
})

test('a call that listens to its signal ends alone: the others of its process go on', async () => {
  const backend = open(
    `export const hooks = {
       work: (_, { signal }) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('heard')))),
       count: () => ++globalThis.calls,
     }
     globalThis.calls = 0`,
    {},
    ['work', 'count'],
  )
  expect(await backend.call('count')).toBe(1)
  expect(await codeOf(backend.call('work'))).toMatch(/^backend_timeout/)
  // Long enough for the end that would have come, had it not listened.
  expect(await codeOf(backend.call('work'))).toMatch(/^backend_timeout/)
  expect(await backend.call('count')).toBe(2)
})

test('more questions than may be open at once wait, and all are answered', async () => {
  const backend = open(
    `export const hooks = {
       work: async (_, { request }) => (await Promise.all(Array.from({ length: 200 }, () => request('orders:read')))).length,
     }`,
    { questions: 3 },
  )
  expect(await backend.call('work')).toBe(200)
})

test('no more calls than may run at once', async () => {
  const backend = open(
    `let go; const gate = new Promise((resolve) => { go = resolve })
     export const hooks = { work: () => gate, go: () => go('gone') }`,
    { concurrency: 3 },
    ['work', 'go'],
  )
  const waiting = [backend.call('work'), backend.call('work')]
  const third = backend.call('go')
  expect(await codeOf(backend.call('work'))).toMatch(/^backend_busy/)
  expect(await Promise.all([...waiting, third])).toEqual(['gone', 'gone', undefined])
  expect(await backend.call('work')).toBe('gone')
})

test('an idle process ends, and the next call has another one', async () => {
  const backend = open(`let calls = 0; export const hooks = { work: () => ++calls }`, { idle: 0 })
  expect(await backend.call('work')).toBe(1)
  await expect.poll(() => backend.call('work'), { timeout: 20_000, interval: 500 }).toBe(1)
})

test('stop() lets the calls that run come to their end, and takes no others', async () => {
  const backend = open(`export const hooks = { work: (_, { request }) => request('orders:read').then(() => 'done') }`)
  await backend.start()
  const last = backend.call('work')
  const stopped = backend.stop()
  expect(await codeOf(backend.call('work'))).toMatch(/^backend_stopped/)
  expect(await last).toBe('done')
  await stopped
})

test('what a backend writes to its console is in the log, and so is what went wrong', async () => {
  const backend = open(withGood('console.warn("%d orders", 3, { late: true }); throw new Error("sorry")'))
  await codeOf(backend.call('work'))
  expect(log).toContainEqual({ pluginId: 'troubled', tenantId: 'acme', level: 'warn', text: '3 orders { late: true }' })
  expect(log).toContainEqual(
    expect.objectContaining({ level: 'warn', text: expect.stringContaining('“good” is exported') }),
  )
})
