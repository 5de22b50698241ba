import { describe, expect, test } from 'vitest'
import { validManifest } from '../test/valid-manifest.ts'
import { compatibility, type compatibilityRules } from './compatibility.ts'
import type { Finding } from './finding.ts'
import type { Manifest } from './manifest.ts'
import type { Platform } from './platform.ts'

const platform: Platform = {
  name: 'Shop',
  version: '2.4.1',
  extensionPoints: [
    { name: 'dashboard.widgets', description: 'Cards' },
    { name: 'puck', description: 'The page editor' },
  ],
  permissions: [
    { name: 'orders:read', description: 'Read orders' },
    { name: 'orders:write', description: 'Change orders' },
  ],
  hooks: [{ name: 'order.paid', description: 'An order was paid' }],
  shared: { react: '^19.0.0', '@acme/charts': '^2.4.0' },
}
const installed = new Map([['crm', '1.4.0']])
const with_ = (changes: Partial<Manifest>): Manifest => ({ ...validManifest, ...changes })

/** At least one for each rule; a rule without one does not compile. */
const fixtures: Record<keyof typeof compatibilityRules, { findings: Finding[]; message: string; fix: string }> = {
  'compatibility-platform-version': {
    findings: compatibility(with_({ engines: { plexica: '^3.0.0' } }), platform, installed),
    message: 'order-desk needs plexica ^3.0.0, this platform is 2.4.1.',
    fix: 'Choose a version of the plugin for this platform, or update the platform.',
  },
  'compatibility-extension-point': {
    findings: compatibility(
      with_({ components: [{ name: 'Box', export: 'Box', extensionPoint: 'dashboard.widget' }] }),
      platform,
      installed,
    ),
    message:
      'The component Box needs the extension point dashboard.widget, which this platform does not have; did you mean dashboard.widgets?',
    fix: 'Use an extension point that the platform has.',
  },
  'compatibility-permission': {
    findings: compatibility(with_({ requiredPermissions: ['customers:read'] }), platform, installed),
    message: 'order-desk needs the permission customers:read, which this platform does not have.',
    fix: 'Ask for permissions that the platform has.',
  },
  'compatibility-hook': {
    findings: compatibility(
      with_({ backend: { entry: 'src/backend.ts', hooks: ['order.payd', 'order.paid'] } }),
      platform,
      installed,
    ),
    message: 'order-desk waits for the hook order.payd, which this platform does not have; did you mean order.paid?',
    fix: 'Use a hook that the platform has.',
  },
  'compatibility-shared': {
    findings: compatibility(with_({ shared: { '@acme/charts': '~2.4.0', react: '*' } }), platform, installed),
    message: 'order-desk needs @acme/charts ~2.4.0, this platform shares ^2.4.0.',
    fix: 'Widen the range in `shared` once the plugin works with what the platform gives, or bundle the package.',
  },
  'compatibility-not-shared': {
    findings: compatibility(with_({ shared: { '@acme/chart': '^2.0.0' } }), platform, installed),
    message:
      'order-desk leaves @acme/chart ^2.0.0 to the platform, which does not share it; did you mean @acme/charts?',
    fix: 'Take the package from `shared`, so that the build bundles it.',
  },
  'compatibility-dependency-missing': {
    findings: compatibility(validManifest, platform, new Map()),
    message: 'order-desk needs crm >=1.4.0 <3.0.0, which is not installed.',
    fix: 'Install crm first.',
  },
  'compatibility-dependency-version': {
    findings: compatibility(validManifest, platform, new Map([['crm', '1.3.9']])),
    message: 'order-desk needs crm >=1.4.0 <3.0.0, but 1.3.9 is installed.',
    fix: 'Update crm to a version in >=1.4.0 <3.0.0.',
  },
}

describe.each(Object.entries(fixtures))('%s', (code, { findings, message, fix }) => {
  test('says exactly why', () => {
    expect(findings).toEqual([{ code, severity: 'error', message, fix }])
  })
})

test('a plugin whose wishes are all met has no finding', () => {
  expect(compatibility(validManifest, platform, installed)).toEqual([])
})

test('without a list of installed plugins, dependencies are not looked at', () => {
  expect(compatibility(validManifest, platform)).toEqual([])
})

test('a manifest that asks for nothing fits', () => {
  const { components: _c, requiredPermissions: _p, dependencies: _d, ...modest } = validManifest
  expect(compatibility(modest, { ...platform, extensionPoints: [], permissions: [] }, new Map())).toEqual([])
})

test.each([
  ['^2.4.0', '^2.0.0', true],
  ['^2.4.0', '>=2.4.0 <3.0.0', true],
  ['^2.4.0', '^2.4.1', false],
  ['^2.0.0 || ^3.0.0', '^2.0.0', false],
  ['2.4.7', '~2.4.0 || ^3.0.0', true],
])('what a platform shares as %s, a plugin that needs %s gets: %s', (given, wanted, fits) => {
  const shared = { '@acme/charts': given }
  expect(compatibility(with_({ shared: { '@acme/charts': wanted } }), { ...platform, shared })).toHaveLength(
    fits ? 0 : 1,
  )
})

test('React is there also where the platform does not say so, and is refused where it says another', () => {
  const react = with_({ shared: { react: '^18.0.0', 'react-dom': '^18.0.0' } })
  expect(compatibility(react, { ...platform, shared: {} })).toEqual([])
  expect(compatibility(react, platform).map(({ message }) => message)).toEqual([
    'order-desk needs react ^18.0.0, this platform shares ^19.0.0.',
  ])
})

test('a platform without a page editor says so', () => {
  const [finding] = compatibility(with_({ components: [{ name: 'Box', export: 'Box', extensionPoint: 'puck' }] }), {
    ...platform,
    extensionPoints: [],
  })
  expect(finding?.message).toBe('The component Box needs the page editor (puck), which this platform does not have.')
})

test('a prerelease of the platform counts as the release that it leads to', () => {
  const next = { ...platform, version: '3.0.0-beta.1' }
  expect(compatibility(with_({ engines: { plexica: '^3.0.0' } }), next)).toEqual([])
  expect(compatibility(validManifest, next).map(({ message }) => message)).toEqual([
    'order-desk needs plexica ^2.1.0, this platform is 3.0.0-beta.1.',
  ])
})
