import type { Manifest } from '@plexica/manifest-schema/validate'
import { goodManifest } from './build-package.ts'

/** What is changed in a good package so that one rule speaks; `undefined` leaves the file out. */
export interface Fixture {
  /** The rule that has to speak. */
  code: string
  files: Record<string, string | undefined>
}

const browser = (code: string, source: string): Fixture => ({
  code,
  files: { 'dist/bundle.js': `${source}\nexport const GreetingCard = () => null\n` },
})
const backend = (code: string, source: string): Fixture => ({ code, files: { 'dist/backend.mjs': source } })
const manifest = (code: string, changes: Partial<Manifest>): Fixture => ({
  code,
  files: { 'manifest.json': JSON.stringify({ ...goodManifest, ...changes }) },
})
/** A file with a secret. Secrets are put together here, so that none stands in this repository. */
const secret = (code: string, ...parts: string[]): Fixture => ({
  code,
  files: { 'assets/settings.json': JSON.stringify({ value: parts.join('') }) },
})

/** As random as the alphabet is mixed, and the same at each run. */
export function mixed(length: number, alphabet = 'Kq7Zb2Xw9Lm4Td8Rc3Vn6Hs5Jf1Gp0yEuAiOo'): string {
  return Array.from({ length }, (_, index) => alphabet.charAt((index * 7 + (index >> 3)) % alphabet.length)).join('')
}

export const hex = (length: number) => mixed(length, '7c1e9a3f5b0d8264')

export function encoded(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

/** One for each rule about scripts, secrets and capabilities. */
export const codeFixtures: Fixture[] = [
  browser('code-unparsable', 'export {'),
  browser('code-too-deep', `export default ${'('.repeat(50_000)}1${')'.repeat(50_000)}`),
  browser('code-eval', '(0, eval)(globalThis.name)'),
  browser('code-function-constructor', 'new Function(location.hash)()'),
  browser('code-function-literal', 'Function("return this")()'),
  browser('code-function-generator', 'new Function("d", "return {" + globalThis.columns + "}")'),
  browser('code-constructor-call', 'globalThis.thing.constructor("alert(1)")'),
  browser('code-string-timer', 'setTimeout("alert(1)", 10)'),
  browser('code-remote-import', 'import "https://cdn.example.com/x.js"'),
  browser('code-dynamic-import', 'export const load = (name) => import(name)'),
  browser('code-partial-import', 'export const load = (name) => import("./locales/" + name + ".js")'),
  browser('code-node-builtin', 'import fs from "node:fs"; fs.existsSync("x")'),
  browser('code-require', 'require("lodash")'),
  browser('code-unshared-import', 'import dayjs from "dayjs"; dayjs()'),
  backend('code-backend-process', 'import { exec } from "node:child_process"; exec("ls")'),
  backend('code-backend-module', 'import { readFile } from "node:fs/promises"; await readFile("x")'),
  backend('code-backend-vm', 'import vm from "vm"; vm.runInThisContext("1")'),
  backend('code-backend-inspector', 'import "node:inspector"'),
  backend(
    'code-backend-addon',
    'import { createRequire } from "node:module"; createRequire(import.meta.url)("./x.node")',
  ),
  backend(
    'code-backend-threads',
    'import { Worker } from "node:worker_threads"; new Worker(new URL("./w.js", import.meta.url))',
  ),
  browser('code-html-sink', 'export const show = (element, html) => { element.innerHTML = html }'),
  browser('code-document-write', 'document.write("<p>")'),
  browser('code-script-element', 'document.createElement("script")'),
  browser('code-worker', 'new Worker(URL.createObjectURL(new Blob(["postMessage(1)"])))'),
  browser('code-import-scripts', 'importScripts("./more.js")'),
  browser('code-service-worker', 'navigator.serviceWorker.register("./worker.js")'),
  browser('code-wasm', 'WebAssembly.compile(globalThis.bytes)'),
  browser('code-post-message', 'parent.postMessage({ ready: true }, "*")'),
  browser('code-cookie', 'export const cookie = () => document.cookie'),
  browser('code-storage', 'localStorage.setItem("greeting", "1")'),
  browser('code-builtin-patch', 'Array.prototype.last = function () { return this.at(-1) }'),
  browser('code-ip-host', 'fetch("https://203.0.113.7/collect")'),
  browser('code-unknown-host', 'export const load = (address) => fetch(address)'),
  browser('code-invisible-text', 'export const \u3164 = 1'),
  browser(
    'code-obfuscated',
    `${Array.from({ length: 12 }, (_, index) => `const _0x3f2a${index} = ${index}`).join(';')};console.log(_0x3f2a1)`,
  ),
  browser(
    'code-obfuscation-signs',
    'export const run = () => { for (const step of "2|0|1".split("|")) console.log(step) }',
  ),

  secret('secret-github-token', 'gh', 'p_', 'zQWBuTSOoRi4A9spHcVY', '5ncnsDkxkJ', '0mLq17'),
  secret('secret-gitlab-token', 'gl', 'pat-', mixed(20)),
  secret('secret-npm-token', 'np', 'm_', mixed(36)),
  secret('secret-aws-key', 'AK', 'IA', mixed(16, 'K7QZ2XW3LMT4RCV6NHS5'), ' ', mixed(40)),
  secret('secret-aws-key-id', 'AK', 'IA', mixed(16, 'K7QZ2XW3LMT4RCV6NHS5')),
  secret('secret-azure-key', 'Account', 'Key=', mixed(86), '=='),
  secret('secret-google-key', 'AI', 'za', mixed(35)),
  secret('secret-slack-token', 'xo', 'xb-', '214748364812-', '214748364899-', mixed(24)),
  secret('secret-stripe-key', 'sk', '_live_', mixed(24)),
  secret('secret-sendgrid-key', 'S', 'G.', mixed(22), '.', mixed(43)),
  secret('secret-twilio-key', 'S', 'K', hex(32)),
  secret('secret-model-key', 'sk', '-ant-', 'api03-', mixed(95)),
  secret('secret-digitalocean-token', 'do', 'p_v1_', hex(64)),
  secret('secret-plexica-key', 'pl', 'x_', mixed(40)),
  secret('secret-private-key', '-----BEGIN ', 'PRIVATE KEY-----\n', mixed(64), '\n', mixed(64)),
  secret('secret-jwt', encoded({ alg: 'HS256', typ: 'JWT' }), '.', encoded({ sub: 'u-17', exp: 1 }), '.', mixed(43)),
  { code: 'secret-env-file', files: { '.env.production': 'GREETING=hello\n' } },

  browser('capability-host-undeclared', 'fetch("https://collector.example.net/v1")'),
  manifest('capability-host-unseen', { network: ['api.example.com', 'unused.example.com'] }),
  browser('capability-permission-undeclared', 'export const load = (plexica) => plexica.request("customers:read")'),
  manifest('capability-permission-unseen', { requiredPermissions: ['orders:read', 'orders:write'] }),
  { code: 'capability-export-missing', files: { 'dist/bundle.js': 'export const Other = () => null\n' } },
]
