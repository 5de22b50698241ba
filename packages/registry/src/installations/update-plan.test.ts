import type { Manifest, Platform } from '@plexica/manifest-schema'
import { describe, expect, test } from 'vitest'
import { goodManifest } from '../../../inspect/test/build-package.ts'
import { type UpdateAnswers, type UpdateFacts, updateOutlook, updatePlan } from './update-plan.ts'

const platform: Platform = {
  name: 'Shop',
  version: '1.4.0',
  extensionPoints: [{ name: 'puck', description: 'Pages' }],
  permissions: ['orders:read', 'orders:write', 'mail:send'].map((name) => ({ name, description: name })),
  shared: {},
}
const manifest = (over: Partial<Manifest>): Manifest => ({ ...goodManifest, ...over })
const facts = (to: Partial<Manifest>, over: Partial<UpdateFacts> = {}): UpdateFacts => ({
  from: manifest({}),
  to: manifest({ version: '1.1.0', ...to }),
  granted: ['orders:read'],
  configured: { plain: { shop: 'Ours' }, secrets: new Map() },
  platform,
  installed: new Map(),
  dependents: [],
  ...over,
})
const nothing: UpdateAnswers = { configuration: {}, grantedPermissions: [], acceptedHosts: [] }
const plan = (one: UpdateFacts, answers: Partial<UpdateAnswers> = {}, force = false) =>
  updatePlan(one, { ...nothing, ...answers }, force)

describe('nothing is asked while nothing grows', () => {
  test.each([
    ['the same', {}],
    ['fewer permissions', { requiredPermissions: [] }],
    ['fewer hosts', { network: [] }],
  ])('%s', (_name, to) => {
    const grantedPermissions = 'requiredPermissions' in to ? [] : ['orders:read']
    expect(plan(facts(to))).toMatchObject({ step: 'update', grantedPermissions })
  })

  test('a host below one that was accepted with everything below it', () => {
    const from = manifest({ network: ['*.example.com'] })
    const to = { network: ['*.eu.example.com', 'a.b.example.com', '*.example.com'] }
    expect(updateOutlook(facts(to, { from }), nothing).newHosts).toEqual([])
    const wider = { network: ['example.com', 'badexample.com', '*.com'] }
    expect(updateOutlook(facts(wider, { from }), nothing).newHosts).toEqual(wider.network)
  })
})

test('what grows is asked for, and nothing else', () => {
  const grown = facts({ requiredPermissions: ['orders:read', 'mail:send'], network: ['api.example.com', 'b.example'] })
  const outlook = updateOutlook(grown, nothing)
  expect([outlook.newPermissions, outlook.newHosts]).toEqual([['mail:send'], ['b.example']])
  expect(plan(grown)).toMatchObject({
    step: 'refuse',
    code: 'permissions_not_granted',
    findings: [
      { code: 'permission-not-granted', path: 'mail:send' },
      { code: 'host-not-accepted', path: 'b.example' },
    ],
  })
  expect(plan(grown, { grantedPermissions: ['mail:send'] })).toMatchObject({ code: 'hosts_not_accepted' })
  const answers = { grantedPermissions: ['orders:read', 'mail:send'], acceptedHosts: ['b.example', 'api.example.com'] }
  expect(plan(grown, answers)).toMatchObject({ step: 'update', grantedPermissions: ['mail:send', 'orders:read'] })
  expect(plan(facts({}), { grantedPermissions: ['mail:send'] })).toMatchObject({
    code: 'permissions_not_granted',
    findings: [{ code: 'permission-not-required', path: 'mail:send' }],
  })
})

test('the gravest reason names a refusal that lists all of them', () => {
  const worst = facts(
    {
      engines: { plexica: '^9.0.0' },
      dependencies: { base: '^1.0.0' },
      requiredPermissions: ['orders:read', 'orders:write'],
      network: ['c.example'],
      configSchema: { type: 'object', required: ['key'], properties: { key: { type: 'string' } } },
    },
    { dependents: [{ pluginId: 'board', version: '1.0.0', dependencies: { [goodManifest.id]: '~1.0.0' } }] },
  )
  const refused = plan(worst)
  expect(refused).toMatchObject({ step: 'refuse', code: 'incompatible' })
  expect(refused.step === 'refuse' && refused.findings.map(({ code }) => code)).toEqual([
    'compatibility-platform-version',
    'compatibility-dependency-missing',
    'plugin-version-needed',
    'permission-not-granted',
    'host-not-accepted',
    'configuration-missing',
    'configuration-removed',
  ])
})

test('force goes over other plugins’ needs and over nothing else', () => {
  const dependents = [{ pluginId: 'board', version: '1.0.0', dependencies: { [goodManifest.id]: '~1.0.0' } }]
  const behind = facts({}, { dependents })
  expect(plan(behind)).toMatchObject({ step: 'refuse', code: 'plugin_needed' })
  expect(plan(behind, {}, true)).toMatchObject({ step: 'update' })
  expect(plan(facts({ engines: { plexica: '^9.0.0' } }, { dependents }), {}, true)).toMatchObject({
    code: 'incompatible',
  })
})
