import { expect, test, vi } from 'vitest'
import { type ReadyAnswer, ReadyAnswers } from './ready-answers.ts'

const answer = (tag: string, bytes: number): ReadyAnswer => ({
  tag,
  route: '/x',
  etag: '"x"',
  headers: {},
  body: Buffer.alloc(bytes),
})

test('keeps what was used last, within its memory', () => {
  const ready = new ReadyAnswers(100_000)
  for (const key of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']) ready.set(key, answer(key, 10_000), ready.moment)
  expect(ready.get('a')).toBeDefined()
  ready.set('i', answer('i', 10_000), ready.moment)
  expect([ready.get('a'), ready.get('b')]).toEqual([expect.anything(), undefined])
})

test('keeps nothing that would push out too much else', () => {
  const ready = new ReadyAnswers(100_000)
  ready.set('large', answer('large', 12_501), ready.moment)
  ready.set('small', answer('small', 12_500), ready.moment)
  expect([ready.get('large'), ready.get('small')]).toEqual([undefined, expect.anything()])
})

test('drops all answers of a tag, and only those', () => {
  const ready = new ReadyAnswers(100_000)
  for (const key of ['a1', 'a2', 'b1']) ready.set(key, answer(`plugin:${key[0]}`, 10), ready.moment)
  ready.drop('plugin:a')
  expect(['a1', 'a2', 'b1'].map((key) => ready.get(key) !== undefined)).toEqual([false, false, true])
})

test('drops a part, or all parts', () => {
  const ready = new ReadyAnswers(100_000)
  const tags = ['plugin:a/listing', 'plugin:a/files', 'plugin:a', 'plugin:ab/listing']
  const kept = () => tags.filter((tag) => ready.get(tag))
  for (const tag of tags) ready.set(tag, answer(tag, 10), ready.moment)
  ready.drop('plugin:a/listing')
  expect(kept()).toEqual(['plugin:a/files', 'plugin:a', 'plugin:ab/listing'])
  ready.drop('plugin:a')
  expect(kept()).toEqual(['plugin:ab/listing'])
})

test('does not keep what was read before a drop', () => {
  const ready = new ReadyAnswers(100_000)
  const { moment } = ready
  ready.drop('plugin:a')
  ready.set('a', answer('plugin:a', 10), moment)
  expect(ready.get('a')).toBeUndefined()
  ready.set('a', answer('plugin:a', 10), ready.moment)
  expect(ready.get('a')).toBeDefined()
})

test('small answers count too, so that their number is bounded', () => {
  const ready = new ReadyAnswers(100_000)
  for (let n = 0; n < 1_000; n++) ready.set(`key ${n}`, answer('x', 0), ready.moment)
  const kept = Array.from({ length: 1_000 }, (_, n) => ready.get(`key ${n}`)).filter(Boolean)
  expect(kept.length).toBeLessThanOrEqual(50)
})

test('keeps nothing while it may miss what others drop, nor what was read meanwhile', () => {
  const ready = new ReadyAnswers(100_000)
  ready.set('early', answer('a', 10), ready.moment)
  ready.pause()
  const { moment } = ready
  ready.set('meanwhile', answer('a', 10), moment)
  ready.resume()
  ready.set('late', answer('a', 10), moment)
  ready.set('after', answer('a', 10), ready.moment)
  expect(['early', 'meanwhile', 'late', 'after'].filter((key) => ready.get(key))).toEqual(['after'])
})

test('announces what is dropped here, and not what others dropped', () => {
  const ready = new ReadyAnswers(100_000)
  const told: string[] = []
  ready.announceTo((tag) => told.push(tag))
  ready.set('a', answer('plugin:a', 10), ready.moment)
  ready.set('b', answer('plugin:b', 10), ready.moment)
  ready.drop('plugin:a')
  ready.forget('plugin:b')
  expect([ready.get('a'), ready.get('b'), told]).toEqual([undefined, undefined, ['plugin:a']])
})

test('gives nothing that has become too old', () => {
  vi.useFakeTimers({ toFake: ['performance'] })
  const ready = new ReadyAnswers(100_000)
  ready.set('a', { ...answer('a', 10), until: performance.now() + 1_000 }, ready.moment)
  vi.advanceTimersByTime(1_000)
  expect(ready.get('a')).toBeDefined()
  vi.advanceTimersByTime(1)
  expect(ready.get('a')).toBeUndefined()
  vi.useRealTimers()
})
