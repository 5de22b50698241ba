import { expect, test } from 'vitest'
import { mostCandidates, type PublishedVersion, updateCandidates } from './update-candidates.ts'

const release = (version: string): PublishedVersion => ({ version, channel: null })
const beta = (version: string): PublishedVersion => ({ version, channel: 'beta' })
const published = [release('1.0.0'), release('1.2.0'), release('1.10.0'), beta('2.0.0-beta.1'), beta('2.0.0-beta.2')]

test('newer releases, the newest first', () => {
  expect(updateCandidates(release('1.0.0'), published, [])).toEqual(['1.10.0', '1.2.0'])
  expect(updateCandidates(release('1.10.0'), published, [])).toEqual([])
  expect(updateCandidates(release('1.1.0'), published, [])).toEqual(['1.10.0', '1.2.0'])
})

test('those of a channel come to whom the installed version came from there, and so do later releases', () => {
  expect(updateCandidates(beta('2.0.0-beta.1'), published, [])).toEqual(['2.0.0-beta.2'])
  expect(updateCandidates(beta('2.0.0-beta.1'), [...published, release('2.0.0')], [])).toEqual([
    '2.0.0',
    '2.0.0-beta.2',
  ])
})

test('nothing above a channel that its owner has set back', () => {
  expect(updateCandidates(release('1.0.0'), published, [{ channel: 'latest', version: '1.2.0' }])).toEqual(['1.2.0'])
  expect(updateCandidates(release('1.2.0'), published, [{ channel: 'latest', version: '1.0.0' }])).toEqual([])
})

test('a prerelease only where somebody made it `latest`', () => {
  const set = [{ channel: 'latest', version: '2.0.0-beta.2' }]
  expect(updateCandidates(release('1.2.0'), published, set)).toEqual(['2.0.0-beta.2', '1.10.0'])
})

test('no more than anybody looks at', () => {
  const many = Array.from({ length: 100 }, (_, minor) => release(`1.${minor}.0`))
  const found = updateCandidates(release('1.0.0'), many, [])
  expect([found.length, found[0]]).toEqual([mostCandidates, '1.99.0'])
})
