import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBackend } from '../src/node/index.ts'
import { processFlags } from '../src/node/start-process.ts'
import { startWitness, type Witness } from './witness.ts'

const run = promisify(execFile)

/** What an attack gets: addresses and paths that it must not reach, and one host that its manifest declares. */
interface Targets {
  secret: string
  written: string
  undeclared: string
  port: number
  declared: string
}

/**
 * What is tried → the body of an async function of `input`, which returns whatever it got hold of. In a plain Node each
 * of them succeeds: an attack that works nowhere shows nothing.
 */
const attacks: Readonly<Record<string, string>> = {
  'read a file: node:fs': `const fs = await import('node:fs'); return fs.readFileSync(input.secret, 'utf8')`,
  'read a file: process.getBuiltinModule': `return process.getBuiltinModule('fs').readFileSync(input.secret, 'utf8')`,
  'read a file: import() of its address': `return (await import('file://' + input.secret)).default`,
  'read a file: createRequire': `const { createRequire } = await import('node:module'); return createRequire('file:///x.js')('node:fs').readFileSync(input.secret, 'utf8')`,
  'write a file': `const fs = await import('node:fs/promises'); await fs.writeFile(input.written, 'was here'); return 'written'`,
  'start a program': `const { execFileSync } = await import('node:child_process'); return String(execFileSync('/bin/echo', ['ran']))`,
  'start a program: process.binding': `return typeof process.binding('spawn_sync').spawn`,
  'start a thread': `const { Worker } = await import('node:worker_threads'); const worker = new Worker('1', { eval: true }); await worker.terminate(); return 'thread'`,
  'load native code': `try { process.dlopen({ exports: {} }, input.secret) } catch (thrown) { if (thrown.code !== 'ERR_DLOPEN_FAILED') throw thrown } return 'handed to the loader'`,
  'open a debugger': `const inspector = await import('node:inspector'); inspector.open(0); inspector.close(); return 'open'`,
  'send a signal': `return process.kill(process.pid, 0)`,
  'read the environment': `return process.env.SECRET_OF_THE_PLATFORM.length`,
  'read the environment: the real process': `const { EventEmitter } = await import('node:events'); let real; const { emit } = EventEmitter.prototype; EventEmitter.prototype.emit = function (...given) { if (given[0] === 'warning') real = this; return emit.apply(this, given) }; const many = new EventEmitter(); for (let i = 0; i < 12; i++) many.on('x', () => {}); await new Promise((resolve) => setTimeout(resolve, 10)); EventEmitter.prototype.emit = emit; return real.getBuiltinModule('fs').readFileSync(input.secret, 'utf8')`,
  'run text: eval': `return eval('1 + 1')`,
  'run text: Function': `return (() => {}).constructor('return 1 + 1')()`,
  'run text: node:vm': `return (await import('node:vm')).runInThisContext('1 + 1')`,
  'run text: import of a data: address': `return (await import('data:text/javascript,export default 2')).default`,
  'network: node:net': `const net = await import('node:net'); await new Promise((resolve, reject) => net.connect(input.port, '127.0.0.1', resolve).on('error', reject)); return 'connected'`,
  'network: node:http': `const http = await import('node:http'); return await new Promise((resolve, reject) => http.get(input.undeclared, (answer) => resolve(answer.statusCode)).on('error', reject))`,
  'network: node:dgram': `const socket = (await import('node:dgram')).createSocket('udp4'); await new Promise((resolve, reject) => socket.on('error', reject).send('x', input.port, '127.0.0.1', resolve)); socket.close(); return 'sent'`,
  'network: node:dns': `const { lookup } = await import('node:dns/promises'); return (await lookup('localhost')).address`,
  'network: tcp_wrap of process.binding': `const { TCP } = process.binding('tcp_wrap'); return typeof new TCP(0).connect`,
  'network: fetch of an undeclared host': `return (await fetch(input.undeclared)).status`,
  'network: fetch by the number of a declared host': `return (await fetch(input.declared.replace('localhost', '2130706433'))).status`,
  'network: a redirect of a declared host': `return await (await fetch(input.declared + '/redirect?to=' + encodeURIComponent(input.undeclared))).text()`,
  'network: the dispatcher of fetch': `await fetch(input.declared); const of = Object.getOwnPropertySymbols(globalThis).find((key) => key.description.startsWith('undici')); return await new Promise((resolve, reject) => globalThis[of].dispatch({ origin: new URL(input.undeclared).origin, path: '/', method: 'GET' }, { onConnect() {}, onHeaders(status) { resolve(status); return true }, onData() {}, onComplete() {}, onError: reject, onRequestStart() {}, onResponseStart(_, status) { resolve(status) }, onResponseData() {}, onResponseEnd() {}, onResponseError: (_, error) => reject(error) }))`,
  'network: WebSocket': `const socket = new WebSocket(input.undeclared.replace('http', 'ws')); await new Promise((resolve, reject) => { socket.onopen = resolve; socket.onerror = () => reject(new Error('no connection')) }); return 'open'`,
  'another answer to “is it admitted?”': `Object.hasOwn = () => true; Set.prototype.has = () => true; Map.prototype.has = () => true; Array.prototype.includes = () => true; String.prototype.startsWith = () => true; return typeof (await import('node:fs')).readFileSync`,
  'a trap on every object': `Object.defineProperty(Object.prototype, 'oncomplete', { set() {}, configurable: true }); return 'set'`,
}

let folder: string
let witness: Witness
let targets: Targets
const rows: string[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plexica-escapes-'))
  const secret = join(folder, 'secret.mjs')
  await writeFile(secret, 'export default "the secret"')
  witness = await startWitness()
  const { port } = witness
  targets = {
    secret,
    written: join(folder, 'written'),
    undeclared: `http://127.0.0.1:${port}`,
    port,
    declared: `http://localhost:${port}`,
  }
  process.env.SECRET_OF_THE_PLATFORM = 'of the platform'
})
afterAll(async () => {
  delete process.env.SECRET_OF_THE_PLATFORM
  await witness?.close()
  await rm(folder, { recursive: true, force: true })
  console.log(
    [
      '',
      `Escapes from a backend, Node ${process.version}`,
      `  ${'what is tried'.padEnd(48)} ${'Node alone'.padEnd(13)} backend`,
      ...rows,
    ].join('\n'),
  )
})

/** The same text in a plain process of Node, with what these flags make of it. */
async function inNode(attack: string, flags: readonly string[], env: NodeJS.ProcessEnv): Promise<string> {
  const program = `const input = ${JSON.stringify(targets)}
    const say = process._rawDebug, end = process.reallyExit
    const attack = async () => { ${attack} }
    attack().then((got) => say('got ' + got), (thrown) => say('refused: ' + thrown.message)).then(() => end(0))`
  const { stderr } = await run(process.execPath, [...flags, '--input-type=module', '-e', program], {
    env,
    timeout: 20_000,
  })
  return /^(?:got|refused): ?.*/m.exec(stderr.replace(/^got /m, 'got: '))?.[0] ?? stderr
}

/** What Node's own walls have to hold, should a backend ever get around what is done before it is imported. */
function isRefusedByNode(name: string): boolean {
  const withNetwork = Number(process.versions.node.split('.')[0]) < 25
  if (name.startsWith('network: '))
    return !withNetwork && /node:(net|http|dgram)|undeclared|dispatcher|WebSocket/.test(name)
  return /^(read a file|write a file|start a|load native|open a debugger|read the env|run text: (eval|Func))/.test(name)
}

async function inBackend(attack: string): Promise<string> {
  const source = `export const hooks = { async attack(input, plexica) { try { const got = await (async () => { ${attack} })(); return 'got ' + got } catch (thrown) { return 'refused: ' + thrown.message.split('\\n')[0] } } }`
  const backend = openBackend({
    pluginId: 'attacker',
    tenantId: 'acme',
    source,
    manifest: { backend: { entry: 'dist/backend.mjs', hooks: ['attack'] }, network: ['localhost'] },
    configuration: {},
    grantedPermissions: [],
  })
  try {
    return String(await backend.call('attack', targets))
  } finally {
    await backend.stop()
  }
}

test.for(Object.entries(attacks))('%s', async ([name, attack]) => {
  expect(await inNode(attack, ['--no-warnings'], process.env)).toMatch(/^got: (?!undefined)/)
  const byNode = await inNode(attack, processFlags(128), {})
  if (isRefusedByNode(name)) expect(byNode).toMatch(/^refused/)

  await rm(targets.written, { force: true })
  witness.forget()
  const outcome = await inBackend(attack)
  rows.push(`  ${name.padEnd(48)} ${byNode.split(':', 1)[0]?.padEnd(13)} ${outcome}`)
  expect(outcome).toMatch(/^refused: /)
  expect(witness.seenAt('127.0.0.1')).toEqual([])
  await expect(readFile(targets.written)).rejects.toMatchObject({ code: 'ENOENT' })
})

test('a declared host answers', async () => {
  const got = await inBackend(
    `const answer = await fetch(input.declared + '/echo', { method: 'POST', body: 'hello', headers: { 'x-key': 'k' } }); return answer.status + ' ' + answer.url.endsWith('/echo') + ' ' + (await answer.text())`,
  )
  expect(got).toBe('got 200 true POST /echo k hello')
  rows.push(`  ${'a declared host'.padEnd(62)} ${got}`)
})

test('nobody else’s process is in sight: what a backend sees of its own is made up', async () => {
  const seen = await inBackend(
    `return JSON.stringify([Object.keys(process.env), process.pid, process.cwd(), typeof require, typeof WebSocket, typeof EventSource])`,
  )
  expect(seen).toBe('got [["NODE_ENV"],0,"/","undefined","undefined","undefined"]')
})
