import { expect, test } from 'vitest'
import { byExtensionPoint, type Contribution, contributionsOf } from './contributions.ts'

const plexica = { tenantId: 'acme', configuration: {}, request: async () => null }
const Card = () => null
const card = { name: 'Card', export: 'Card', extensionPoint: 'dashboard.widgets' }
const note = { name: 'Note', title: 'A note', export: 'Note', extensionPoint: 'checkout.sidebar' }

function contributed(pluginId: string, components: (typeof card)[]): Contribution[] {
  const plugin = { pluginId, name: pluginId, components }
  return contributionsOf(plugin, { Card, Note: Card }, plexica).contributions
}

test('a component becomes a contribution with its title and defaults', () => {
  const fields = { text: { type: 'text', default: 'Hello' } } as const
  const plugin = { pluginId: 'notes', name: 'Notes', components: [{ ...note, fields }, card] }
  const { contributions, problems } = contributionsOf(plugin, { Card, Note: Card }, plexica)
  expect(problems).toEqual([])
  expect(contributions).toMatchObject([
    { key: 'notes/Note', title: 'A note', defaults: { text: 'Hello' }, component: Card, plexica },
    { key: 'notes/Card', title: 'Card', defaults: {} },
  ])
})

test.each([
  ['absent', {}],
  ['not a component', { Note: 'text' }],
  ['null', { Note: null }],
])('an export that is %s is a problem of that component alone', (_, exports) => {
  const plugin = { pluginId: 'notes', name: 'Notes', components: [note, card] }
  const { contributions, problems } = contributionsOf(plugin, { Card, ...exports }, plexica)
  expect(contributions.map(({ name }) => name)).toEqual(['Card'])
  expect(problems).toMatchObject([{ component: 'Note', reason: { code: 'export_missing' } }])
})

test('an export inherited from Object.prototype is none', () => {
  const plugin = { pluginId: 'notes', name: 'Notes', components: [{ ...note, export: 'toString' }] }
  expect(contributionsOf(plugin, {}, plexica).problems).toHaveLength(1)
})

test('components made by memo or forwardRef count', () => {
  const Note = { $$typeof: Symbol.for('react.memo'), type: Card }
  const plugin = { pluginId: 'notes', name: 'Notes', components: [note] }
  expect(contributionsOf(plugin, { Note }, plexica).contributions).toHaveLength(1)
})

test('the order does not depend on which bundle came first', () => {
  const beta = contributed('beta', [card, note])
  const alpha = contributed('alpha', [card])
  const points = byExtensionPoint(
    new Map([
      ['beta', beta],
      ['alpha', alpha],
    ]),
  )
  expect(points.get('dashboard.widgets')?.map(({ key }) => key)).toEqual(['alpha/Card', 'beta/Card'])
  expect(points.get('checkout.sidebar')?.map(({ key }) => key)).toEqual(['beta/Note'])
})

test('a list without a change stays the same list', () => {
  const alpha = contributed('alpha', [card])
  const before = byExtensionPoint(new Map([['alpha', alpha]]))
  const after = byExtensionPoint(
    new Map([
      ['alpha', alpha],
      ['beta', contributed('beta', [note])],
    ]),
    before,
  )
  expect(after.get('dashboard.widgets')).toBe(before.get('dashboard.widgets'))
  expect(after.get('checkout.sidebar')).toHaveLength(1)
})
