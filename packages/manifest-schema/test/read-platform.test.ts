import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hasErrors, type Platform, type PlatformCode, platformRules, readPlatform } from '../src/index.ts'

const platform: Platform = {
  name: 'Shop',
  version: '2.4.1',
  extensionPoints: [{ name: 'puck', description: 'The page editor' }],
  permissions: [{ name: 'orders:read', description: 'Read orders' }],
  shared: { react: '^19.0.0' },
}
const text = (changes: object = {}) => JSON.stringify({ ...platform, ...changes }, null, 2)
const valid = text()
const twice = { name: 'orders:read', description: 'Again' }

/** At least one for each rule; a rule without one does not compile. */
const fixtures: Record<PlatformCode, { text: string; says: string; line?: number }> = {
  'platform-too-large': { text: ' '.repeat(300_000), says: '300000 bytes' },
  'platform-byte-order-mark': { text: `\ufeff${valid}`, says: 'byte order mark', line: 1 },
  'platform-not-json': { text: '{', says: 'A `}` is missing', line: 1 },
  'platform-comment': { text: `${valid}\n// end`, says: '// end', line: valid.split('\n').length + 1 },
  'platform-trailing-comma': { text: valid.replace(/\n}$/, ',\n}'), says: 'comma' },
  'platform-too-deep': { text: '['.repeat(33), says: '32 levels', line: 1 },
  'platform-duplicate-key': {
    text: valid.replace('{', '{\n"name": "Old",'),
    says: 'first on line 2, again on line 3',
    line: 3,
  },
  'platform-text-too-long': { text: text({ name: 'x'.repeat(5_000) }), says: '5000 characters', line: 2 },
  'platform-hidden-character': { text: text({ name: 'Shop\u202e' }), says: 'U+202E', line: 2 },
  'platform-missing-key': { text: text({ version: undefined }), says: 'version is missing', line: 1 },
  'platform-unknown-key': { text: text({ color: 1 }), says: '`color` is not a key of the platform' },
  'platform-wrong-type': { text: text({ name: [] }), says: 'name is []', line: 2 },
  'platform-text-length': { text: text({ name: '' }), says: 'name is empty', line: 2 },
  'platform-text-form': { text: text({ version: 'two' }), says: 'a semantic version', line: 3 },
  'platform-more-findings': {
    text: text(Object.fromEntries(Array.from({ length: 501 }, (_, i) => [`k${i}`, 1]))),
    says: '500',
  },
  'platform-duplicate-name': { text: text({ permissions: [twice, twice] }), says: 'permissions[1].name' },
  'platform-version': { text: text({ version: '9007199254740992.0.0' }), says: 'too great', line: 3 },
  'platform-range': { text: text({ shared: { react: 'nineteen' } }), says: 'shared.react is "nineteen"' },
}

describe.each(Object.keys(platformRules) as PlatformCode[])('%s', (code) => {
  test('is found', () => {
    const { findings } = readPlatform(fixtures[code].text)
    const finding = findings.find((candidate) => candidate.code === code)
    expect(finding?.message).toContain(fixtures[code].says)
    if (fixtures[code].line !== undefined) expect(finding?.line).toBe(fixtures[code].line)
    if (code !== 'platform-more-findings') expect(findings.map((each) => each.code)).toEqual([code])
  })
})

test('a hook stands in the list once, as everything else', () => {
  const hook = { name: 'order.paid', description: 'An order was paid' }
  expect(readPlatform(text({ hooks: [hook, { ...hook, name: 'order.sent' }] })).findings).toEqual([])
  expect(readPlatform(text({ hooks: [hook, hook] })).findings).toMatchObject([
    { code: 'platform-duplicate-name', message: expect.stringContaining('hooks[1].name') },
  ])
})

test('a good platform has no finding', () => {
  expect(readPlatform(valid)).toEqual({ platform, findings: [] })
})

test('a misspelt key of an entry is told with its place', () => {
  const [finding] = readPlatform(text({ permissions: [{ name: 'a:b', descripton: 'x' }] }), 'shop.json').findings
  expect(finding?.message).toBe('`descripton` is not a key of permissions[0]; did you mean `description`?')
  expect(finding?.path).toBe('shop.json')
})

test('any text is answered, and a platform only when it is one', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.json()), (any) => {
      const { platform: found, findings } = readPlatform(any)
      expect(found).toBeUndefined()
      expect(hasErrors(findings)).toBe(true)
    }),
  )
})
