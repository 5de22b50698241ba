import type { Manifest } from '@plexica/manifest-schema/validate'
import { expect, test } from 'vitest'
import { capabilityFindings } from '../src/capabilities/capability-rules.ts'
import { scanScript } from '../src/code/scan-script.ts'
import { goodManifest } from './build-package.ts'

const { network: _network, requiredPermissions: _permissions, components: _components, ...bare } = goodManifest

function judge(declared: Partial<Manifest>, scripts: Record<string, string>) {
  const scans = new Map(
    Object.entries(scripts).map(([path, source]) => [path, scanScript({ path, source, target: 'browser' })]),
  )
  return capabilityFindings({ ...bare, ...declared }, scans).map(({ code, message, path }) => [
    code,
    message.split(' ')[0],
    path,
  ])
}
const fetching = (...hosts: string[]) => ({ 'dist/a.js': hosts.map((host) => `fetch('https://${host}/')`).join(';') })

test.each([
  [['a.example.com'], ['a.example.com'], []],
  [['*.example.com'], ['a.example.com', 'b.a.example.com'], []],
  [['*.example.com'], ['example.com'], ['example.com']],
  [['*.example.com'], ['evilexample.com'], ['evilexample.com']],
  [['example.com'], ['a.example.com'], ['a.example.com']],
  [['localhost'], ['localhost:3000', '127.0.0.1', '[::1]'], []],
  [[], ['localhost', '203.0.113.7'], ['203.0.113.7', 'localhost']],
])('network %j covers %j, but for %j', (network, hosts, undeclared) => {
  const errors = judge({ network }, fetching(...hosts)).filter(([code]) => code === 'capability-host-undeclared')
  expect(errors).toEqual(undeclared.map((host) => ['capability-host-undeclared', host, 'dist/a.js']))
})

test('a host of which only the end is known needs a declaration as wide', () => {
  const script = { 'dist/a.js': 'fetch("https://" + x + ".eu.example.com/")' }
  expect(judge({ network: ['*.example.com'] }, script)).toEqual([])
  expect(judge({ network: ['a.eu.example.com'] }, script)).toEqual([
    ['capability-host-undeclared', '*.eu.example.com', 'dist/a.js'],
    ['capability-host-unseen', 'a.eu.example.com', 'manifest.json'],
  ])
})

test('what is declared and never seen is noted, what is used and not declared is an error', () => {
  const scripts = {
    'dist/b.js': 'p.request("orders:read")',
    'dist/a.js': 'p.request("orders:read"); p.request("users:read")',
  }
  expect(judge({ requiredPermissions: ['orders:read', 'orders:write'] }, scripts)).toEqual([
    ['capability-permission-undeclared', 'users:read', 'dist/a.js'],
    ['capability-permission-unseen', 'orders:write', 'manifest.json'],
  ])
})

const components = [
  { name: 'Card', export: 'Card', extensionPoint: 'puck' },
  { name: 'Main', export: 'default', extensionPoint: 'puck' },
]

test.each([
  ['its own', { 'dist/bundle.js': 'export const Card = 1; export default 2' }, 0],
  ['renamed ones', { 'dist/bundle.js': 'import { a } from "./x.js"; export { a as Card, a as default }' }, 0],
  ['those of a chunk', { 'dist/bundle.js': 'export { Card, default } from "./chunk.js"' }, 0],
  [
    'all of a chunk, which has no default',
    { 'dist/bundle.js': 'export * from "./c/d.js"', 'dist/c/d.js': 'export const Card = 1; export default 2' },
    1,
  ],
  [
    'all of what a chunk exports of another',
    {
      'dist/bundle.js': 'export * from "./c/d.js"; export default 1',
      'dist/c/d.js': 'export * from "../e.js"',
      'dist/e.js': 'export * from "./c/d.js"; export const Card = 1',
    },
    0,
  ],
  ['all of a module elsewhere', { 'dist/bundle.js': 'export * from "react"; export * from "./%ff.js"' }, 2],
  ['none of the names', { 'dist/bundle.js': 'export const Other = 1' }, 2],
  ['nothing that can be read', { 'dist/bundle.js': 'export {' }, 0],
])('a bundle that exports %s', (_name, scripts, missing) => {
  const found = judge({ components }, scripts)
  expect(found).toEqual(found.map(() => ['capability-export-missing', 'The', 'manifest.json']))
  expect(found).toHaveLength(missing)
})

test('without a bundle nothing is said about exports', () => expect(judge({ components }, {})).toEqual([]))
