import { expect, test } from 'vitest'
import { announcementsOf, eventAnnouncement, readAnnouncement } from './announcements.ts'

test('tags travel in as few announcements as fit, and all of them arrive', () => {
  const tags = Array.from({ length: 300 }, (_, number) => `plugin:${'ü'.repeat(20)}-${number}/listing`)
  const texts = announcementsOf('me', tags)
  expect(texts.length).toBeLessThan(5)
  for (const text of texts) expect(Buffer.byteLength(text)).toBeLessThan(8_000)
  expect(texts.map(readAnnouncement).flatMap(({ drop }) => drop)).toEqual(tags)
  expect(announcementsOf('me', [])).toEqual([])
})

test('too many tags are everything', () => {
  const tags = Array.from({ length: 5_001 }, (_, number) => `plugin:p${number}`)
  expect(announcementsOf('me', tags).map(readAnnouncement)).toEqual([
    { from: 'me', hasEvent: false, drop: 'everything' },
  ])
})

test('an event tells whose answers are old', () => {
  expect(readAnnouncement(eventAnnouncement('ledger'))).toEqual({ from: null, hasEvent: true, drop: ['plugin:ledger'] })
  expect(readAnnouncement(eventAnnouncement(undefined))).toEqual({ from: null, hasEvent: true, drop: [] })
})

test.each(['', 'nonsense', '[]', 'null', '{"later":1}'])('%j, which is not understood, may mean anything', (text) => {
  expect(readAnnouncement(text).drop).toBe('everything')
})
