// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the scripts under test have templates
import { expect, test } from 'vitest'
import { foreignImportFindings } from '../src/code/foreign-imports.ts'
import { scanScript } from '../src/code/scan-script.ts'

const scan = (source: string, target: 'browser' | 'backend' = 'browser') =>
  scanScript({ path: 'dist/bundle.js', source, target })
const codes = (source: string, target: 'browser' | 'backend' = 'browser') => {
  const scanned = scan(source, target)
  const findings = [...scanned.findings, ...foreignImportFindings(undefined, [scanned])]
  return [...new Set(findings.map(({ code }) => code))]
}

test.each([
  'eval("x")',
  '(0, eval)("x")',
  'globalThis.eval("x")',
  'window["eval"]("x")',
  'window["ev" + "al"]("x")',
  'self[`eval`]("x")',
  'window[["ev", "al"].join("")]("x")',
  'window[atob("ZXZhbA==")]("x")',
  'window[String.fromCharCode(101, 118, 97, 108)]("x")',
  'const e = eval; e("x")',
  '["x"].map(eval)',
  'eval?.("x")',
  '(function (w) { w["eval"]("x") })(window)',
  'const { eval: run } = globalThis; run("x")',
  'const key = "eval"; window[key]("x")',
])('eval is seen in %s', (source) => expect(codes(source)).toContain('code-eval'))

test.each([
  'typeof eval',
  'const eval_ = 1; eval_',
  'parser.eval("1 + 1")',
  '({ eval: 1 }).eval',
  'export { x as eval }; const x = 1',
])('%s is not eval', (source) => expect(codes(source)).toEqual([]))

test.each([
  'new Function(x)',
  'Function("a", "return a")',
  'window.Function(x)()',
  'const F = Function; new F(x)',
  'let F = 1; F = Function; F(x)',
  'const f = Function.bind(null); f(x)',
  'Function.apply(null, [x])',
  'Function.call(null, x)',
  'Reflect.construct(Function, [x])',
  '(() => {}).constructor(x)',
  '(() => {})["constr" + "uctor"](x)',
  '[].map.constructor(x)()',
  '"".at.constructor(x)()',
  'a.b.constructor.constructor(x)()',
  'Object.getPrototypeOf(async function () {}).constructor(x)',
  '(async () => {}).__proto__.constructor(x)',
  'function own() {} own.constructor(x)',
  'const api = { make: Function }; api.make(x)',
  'Object.constructor(x)',
  'Function.prototype.constructor(x)',
  'new Function("return this", x)',
  'new Function(a.b.c.d.e.f.g.h.i.j.k)',
  'new Function("d", "return {" + x + "}", y)',
  'Function(...x)',
  'const what = x ? "return this" : y; Function(what)',
])('text is made into a function by %s', (source) => expect(codes(source)).toContain('code-function-constructor'))

test.each([
  ['Function("return this")()', 'code-function-literal'],
  ['new Function("return this;")()', 'code-function-literal'],
  [`new Function("'use strict'; return this")()`, 'code-function-literal'],
  ['Function("r", "regeneratorRuntime = r")(x)', 'code-function-literal'],
  ['const F = Function; new F("")', 'code-function-literal'],
  ['new Function()', 'code-function-literal'],
  ['new Function(...names, lines.join("\\n"))', 'code-function-generator'],
  [`({ '%eval%': eval })`, 'code-function-generator'],
  ['class Callable extends Function {}', 'code-constructor-call'],
  ['x.constructor("alert(1)")', 'code-constructor-call'],
  ['const f = x ? () => {} : y; f.constructor(z)', 'code-constructor-call'],
])('%s is %s', (source, code) => expect(codes(source)).toEqual([code]))

test.each([
  'new this.constructor(1, 2)',
  'x.constructor(y)',
  'new x.constructor(10)',
  'x instanceof Function',
  'Function.prototype.toString.call(x)',
  'typeof x === "function" && x.constructor === Object',
  'function Function() {} Function("x")',
])('%s makes no function from text', (source) => expect(codes(source)).toEqual([]))

test.each([
  'setTimeout("x()")',
  'setInterval(`x(${y})`, 1)',
  'window.setTimeout("x()", 1)',
  'globalThis["setTimeout"]("x()" + y)',
  'const code = "x()"; setTimeout(code, 1)',
  'const later = (what) => setTimeout(what, 1); later("x()")',
])('%s is a timer with a text', (source) => expect(codes(source)).toEqual(['code-string-timer']))

test.each([
  'setTimeout(f, 1)',
  'setTimeout(() => {}, "1")',
  'setTimeout(a + b)',
  'const setTimeout = f; setTimeout("x")',
])('%s is a timer with a function', (source) => expect(codes(source)).toEqual([]))

test.each([
  ['import "https://cdn.example.com/x.js"', 'code-remote-import'],
  ['export * from "//cdn.example.com/x.js"', 'code-remote-import'],
  ['export { a } from "data:text/javascript,export const a = 1"', 'code-remote-import'],
  ['import("https://cdn.example.com/x.js")', 'code-remote-import'],
  ['import("https://cdn.example.com/" + x)', 'code-remote-import'],
  ['import(x)', 'code-dynamic-import'],
  ['import(URL.createObjectURL(new Blob([x])))', 'code-dynamic-import'],
  ['import("./" + x)', 'code-partial-import'],
  ['import(new URL("./x.js", import.meta.url))', 'code-partial-import'],
  ['import "fs/promises"', 'code-node-builtin'],
  ['import("node:test")', 'code-node-builtin'],
  ['require("fs")', 'code-node-builtin'],
  ['process.binding("fs")', 'code-node-builtin'],
  ['require("lodash")', 'code-require'],
  ['import "lodash"', 'code-unshared-import'],
  ['import "/other/plugin.js"', 'code-unshared-import'],
])('%s in a browser is %s', (source, code) => expect(codes(source)).toEqual([code]))

test.each([
  'import { useState } from "react"; import { jsx } from "react/jsx-runtime"; import "react-dom"; import "react-dom/client"',
  'import("./chunk.js"); import("../x.js")',
  'const r = typeof require < "u" ? require : (x) => x; r.apply(this, [])',
  '(function (require, module) { module.exports = require("fs") })(load, {})',
])('%s imports nothing foreign', (source) => expect(codes(source)).toEqual([]))

test.each([
  ['import cp from "child_process"', ['code-backend-process']],
  ['const { fork } = await import("node:cluster")', ['code-backend-process']],
  ['import "node:vm"', ['code-backend-vm']],
  ['import "node:inspector/promises"', ['code-backend-inspector']],
  [
    'import { createRequire as c } from "node:module"; const r = c(import.meta.url); r("node:child_process")',
    ['code-backend-process'],
  ],
  ['process.dlopen(module, "x.node")', ['code-backend-addon']],
  ['import "./build/x.node"', ['code-backend-addon']],
  [
    'import { createRequire } from "module"; const require = createRequire(import.meta.url); require(x)',
    ['code-dynamic-import'],
  ],
  ['import fs from "node:fs"; import path from "path"; import "pg"; import "./other.mjs"', []],
  ['import { createRequire } from "module"; const require = createRequire(import.meta.url); require("fs")', []],
])('%s in a backend is %j', (source, expected) => expect(codes(source, 'backend')).toEqual(expected))

test.each([
  ['element.innerHTML = `<b>${x}</b>`', ['code-html-sink']],
  ['element.insertAdjacentHTML("beforeend", x)', ['code-html-sink']],
  ['range.createContextualFragment(x)', ['code-html-sink']],
  ['element.setHTMLUnsafe(x)', ['code-html-sink']],
  ['jsx("div", { dangerouslySetInnerHTML: { __html: x } })', ['code-html-sink']],
  ['element.setAttribute("onclick", x)', ['code-html-sink']],
  ['element.innerHTML = ""; element.outerHTML = "<b>x</b>"; element.textContent = x', []],
  ['jsx("div", { dangerouslySetInnerHTML: { __html: "<b>x</b>" } })', []],
  ['window.document.writeln("x")', ['code-document-write']],
  ['stream.write("x"); response.document.write(x)', []],
  ['document.createElement("SCRIPT")', ['code-script-element']],
  ['jsx("script", { children: x })', ['code-script-element']],
  ['document.createElement("div")', []],
  ['new Worker("https://cdn.example.com/w.js")', ['code-worker']],
  ['new SharedWorker("blob:x")', ['code-worker']],
  ['new Worker(new URL("./worker.js", import.meta.url), { type: "module" })', []],
  ['new WebAssembly.Module(x)', ['code-wasm']],
  ['WebAssembly.instantiateStreaming(fetch("./x.wasm"))', ['code-wasm']],
  ['typeof WebAssembly', []],
  ['frame.contentWindow.postMessage(x, { targetOrigin: "*" })', ['code-post-message']],
  ['parent.postMessage(x, "https://host.example.com"); port.postMessage(x)', []],
  ['document["cookie"] = x', ['code-cookie']],
  ['window.cookieStore.get("x")', ['code-cookie']],
  ['request.cookie', []],
  ['window.sessionStorage.clear(); indexedDB.open("x")', ['code-storage']],
  ['const localStorage = new Map(); localStorage.clear()', []],
  ['Object.prototype.x = 1', ['code-builtin-patch']],
  ['({}).__proto__.x = 1', ['code-builtin-patch']],
  ['Object.defineProperty(Array.prototype, "x", {})', ['code-builtin-patch']],
  ['Object.assign(String.prototype, {})', ['code-builtin-patch']],
  ['window.fetch = x', ['code-builtin-patch']],
  ['XMLHttpRequest.prototype.send = x', ['code-builtin-patch']],
  ['JSON.parse = x', ['code-builtin-patch']],
  [
    'Own.prototype.x = 1; class Map {} Map.prototype.y = 2; document.title = "x"; const range = { min: Number.MAX_VALUE }; range.min = 1',
    [],
  ],
])('%s is %j', (source, expected) => expect(codes(source)).toEqual(expected))

test.each([
  ['fetch("https://API.Example.com:8443/x?y#z")', ['api.example.com']],
  ['fetch("https://" + "evil" + ".example")', ['evil.example']],
  ['const base = "https://a.example.com"; fetch(`${base}/x/${id}`)', ['a.example.com']],
  ['fetch("//cdn.example.com/x")', ['cdn.example.com']],
  ['fetch("https:\\\\\\\\back.example.com\\\\x")', ['back.example.com']],
  ['fetch("https://good.example.com@evil.example/x")', ['evil.example']],
  ['fetch("http://0x7f.1/x")', ['127.0.0.1']],
  ['fetch(`http://localhost:${port}/x`)', ['localhost']],
  ['fetch("https://api.example.com" + path)', ['api.example.com']],
  ['fetch("http://localhost:3000" + path)', ['localhost']],
  ['fetch(x ? "https://a.example.com" : "https://b.example.com")', ['a.example.com', 'b.example.com']],
  ['fetch(globalThis.settings?.url ?? "https://a.example.com")', ['a.example.com']],
  ['const api = { url: "https://a.example.com" }; fetch(api.url + "/x")', ['a.example.com']],
  [
    'const api = Object.freeze({ v1: { url: "https://a.example.com" } }); fetch(api.v1.url.concat("/x"))',
    ['a.example.com'],
  ],
  ['const get = (url) => fetch(url); get("https://a.example.com")', ['a.example.com']],
  ['const api = { get(url) { return fetch(url) } }; api.get("https://a.example.com")', ['a.example.com']],
  ['function load({ url = "https://a.example.com" }) { return fetch(url) } load({})', ['a.example.com']],
  ['context.fetch("https://a.example.com"); cache.fetch("key")', ['a.example.com']],
  ['const rates = (get) => get("https://a.example.com"); rates(context.fetch)', ['a.example.com']],
  ['fetch(new URL("/x", "https://a.example.com"))', ['a.example.com']],
  ['fetch(new URL("/x", "https://a.example.com").href)', ['a.example.com']],
  ['fetch(new URL("https://b.example.org/x", "https://a.example.net").toString())', ['b.example.org']],
  ['fetch(new Request("https://a.example.com"))', ['a.example.com']],
  ['fetch(String("https://a.example.com"))', ['a.example.com']],
  ['fetch(decodeURIComponent("https%3A%2F%2Fa.example.com"))', ['a.example.com']],
  [
    'new WebSocket("wss://a.example.com"); new EventSource("https://b.example.com")',
    ['a.example.com', 'b.example.com'],
  ],
  ['navigator.sendBeacon("https://a.example.com", x)', ['a.example.com']],
  ['const request = new XMLHttpRequest(); request.open("post", "https://a.example.com")', ['a.example.com']],
  ['client.get("https://a.example.com/x"); client.post("https://b.example.com")', ['a.example.com', 'b.example.com']],
  [
    'axios({ url: "https://a.example.com" }); create({ baseURL: "https://b.example.com" })',
    ['a.example.com', 'b.example.com'],
  ],
  ['new Image().src = "https://a.example.com/pixel.gif"', ['a.example.com']],
  [
    'jsx("img", { src: "https://a.example.com/x.png" }); jsx("iframe", { src: "https://b.example.com" })',
    ['a.example.com', 'b.example.com'],
  ],
  ['script.setAttribute("src", "https://a.example.com/x.js")', ['a.example.com']],
  ['const link = document.createElement("link"); link.href = "https://a.example.com/x.css"', ['a.example.com']],
  ['new URL("https://a.stats.net/x")', ['a.stats.net']],
  ['import("https://a.example.com/x.js")', ['a.example.com']],
  ['fetch(`https://${tenant}.example.com/x`)', ['*.example.com']],
  ['fetch("https://[2001:db8::1]/")', ['[2001:db8::1]']],
  ['fetch("https://xn--bcher-kva.example/"); fetch("https://bücher.example/")', ['xn--bcher-kva.example']],
])('%s contacts %j', (source, hosts) => expect(scan(source).hosts).toEqual(hosts))

test.each([
  'fetch("/api/orders"); fetch("./x.json"); fetch(`/api/${id}`); fetch(location.origin + "/x"); fetch(new URL("./x", import.meta.url))',
  'document.createElementNS("http://www.w3.org/2000/svg", "svg")',
  'names.get("http://www.w3.org/1999/xlink")',
  'throw new Error("See https://react.dev/errors/31")',
  'console.warn("Read https://docs.example.com")',
  'jsx("a", { href: "https://example.com", children: "x" })',
  'element.href = "https://example.com"; window.open("https://example.com")',
  'new URL(x, "http://localhost"); new URL("x", "http://a"); new URL("https://example.com/x")',
  'import("./x.js"); cache.get("key"); map.delete("https")',
  'fetch("data:text/plain,x"); fetch("blob:https://x.example/1")',
])('%s contacts nobody', (source) => {
  expect(scan(source).hosts).toEqual([])
  expect(codes(source)).not.toContain('code-unknown-host')
})

test.each([
  'fetch(x)',
  'fetch(`${x}/y`)',
  'fetch("/" + x)',
  'fetch(`https://${x}/y`)',
  'new WebSocket("wss://" + x)',
  'fetch(`${x}://a.example.com`)',
])('nobody knows what %s contacts', (source) => {
  expect(scan(source).hosts).toEqual([])
  expect(codes(source)).toEqual(['code-unknown-host'])
})

test('hosts of Node are seen in a backend', () => {
  const source = `import https, { get } from 'node:https'
    import net from 'net'
    get('https://a.example.com/x')
    https.request({ hostname: 'b.example.com', port: 443 })
    net.connect(5432, 'c.example.com')`
  expect(scan(source, 'backend').hosts).toEqual(['a.example.com', 'b.example.com', 'c.example.com'])
})

test.each([
  ['plexica.request("orders:read")', ['orders:read']],
  ['props.plexica?.request("orders:line-items:read", { id })', ['orders:line-items:read']],
  ['const { request } = plexica; request("orders:read")', ['orders:read']],
  ['function Card({ plexica: { request: ask } }) { ask("orders:read") }', ['orders:read']],
  ['const what = admin ? "orders:write" : "orders:read"; plexica.request(what)', ['orders:read', 'orders:write']],
  [
    'plexica.request(`orders:${x}`); plexica.request("Orders:Read"); plexica.ask("orders:read"); request("orders:read")',
    [],
  ],
])('%s uses %j', (source, permissions) => expect(scan(source).permissions).toEqual(permissions))

test('exports and imports are listed', () => {
  const source = `import React from 'react'
    import { a as b } from './chunk-1.js'
    export { c as Card, b } from './chunk-2.js'
    export * from './chunk-3.js'
    export * as all from './chunk-4.js'
    export const { x, y: [z], ...rest } = b, one = 1
    export function run() {}
    export class Thing {}
    export { React as 'with space' }
    export default 1
    import('./lazy.js')`
  const { exports, imports } = scan(source)
  expect(exports).toEqual(['*', 'Card', 'Thing', 'all', 'b', 'default', 'one', 'rest', 'run', 'with space', 'x', 'z'])
  expect(imports).toEqual(['./chunk-1.js', './chunk-2.js', './chunk-3.js', './chunk-4.js', './lazy.js', 'react'])
})

test('a finding says where, and shows a short piece of the source without its secrets', () => {
  const token = 'a1B2c3D4'.repeat(5)
  const [finding] = scan(`const x = 1\n\n  eval("${token}"); eval(\`${'y '.repeat(100)}\`)`).findings
  expect(finding).toMatchObject({ code: 'code-eval', severity: 'error', path: 'dist/bundle.js', line: 3 })
  const [timer] = scan(`setTimeout("${token} \u202e ${'y '.repeat(200)}")`).findings
  expect(timer?.message).toContain('`setTimeout("a1B2… \\u{202e} y')
  expect(timer?.message).not.toContain(token.slice(0, 10))
  expect(timer?.message.match(/`(.*)`/)?.[1]?.length).toBeLessThanOrEqual(80)
})

test('each place of an error is told, up to ten; what is only noted is told once', () => {
  const errors = scan(Array.from({ length: 12 }, (_, index) => `eval(${index})`).join('\n')).findings
  expect(errors.map(({ line }) => line)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
  expect(errors.at(-1)?.message).toContain('(and 2 more in this file)')
  const notes = scan('fetch(a)\nfetch(b)\nfetch(c)').findings
  expect(notes).toHaveLength(1)
  expect(notes[0]).toMatchObject({ line: 1, message: expect.stringContaining('(and 2 more in this file)') })
})

test('a name of many values is followed to all of them', () => {
  expect(codes('let run = log; if (x) run = eval; run("y")')).toContain('code-eval')
  expect(scan('let url = "https://a.example.com"; if (x) url = "https://b.example.com"; fetch(url)').hosts).toEqual([
    'a.example.com',
    'b.example.com',
  ])
})

test('names that mean something else in their scope are left alone', () => {
  const source = `function load(fetch, document, localStorage, setTimeout) {
      fetch('https://a.example.com'); document.write('x'); localStorage.clear(); setTimeout('x')
      for (const eval_ of []) eval_()
      try { x() } catch (document) { document.write(1) }
      class Function {}
      { let Worker = load; new Worker('https://a.example.com') }
      for (let i = 0, importScripts = load; i < 1; i++) importScripts('x')
      switch (x) { case 1: const WebAssembly = x; WebAssembly.compile(x) }
      return Function('x')
    }
    load()`
  expect(codes(source)).toEqual([])
  expect(scan(source).hosts).toEqual([])
})

test('an invisible payload in a text is seen, an emoji is not', () => {
  expect(codes(`const x = "${'\ufe01'.repeat(20)}"`)).toEqual(['code-invisible-text'])
  expect(codes('const x = { a\u200db: 1 }')).toEqual(['code-invisible-text'])
  expect(codes('const x = "👩‍👩‍👧‍👦 ❤️ \\ufeff"')).toEqual([])
})
