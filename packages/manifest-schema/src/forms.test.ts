import fc from 'fast-check'
import validRange from 'semver/ranges/valid.js'
import { expect, test } from 'vitest'
import { forms } from './forms.ts'

const channel = new RegExp(forms.channel.pattern)

test.each(['beta', 'latest', 'next-2', 'v-next', 'xl'])('%s is a channel', (name) => {
  expect(channel.test(name)).toBe(true)
})

test.each(['', 'x', 'vx', 'v1', 'v2-next', '1', '1.0.0', '^1', 'Beta', '-beta', 'a'.repeat(31)])(
  '%j is none',
  (name) => {
    expect(channel.test(name)).toBe(false)
  },
)

test('no channel is a range of versions', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[vx][vx0-9a-b-]{0,5}$/), (name) => {
      fc.pre(channel.test(name))
      expect(validRange(name)).toBeNull()
    }),
  )
})
