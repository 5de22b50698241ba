import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { KeyLocks } from './key-locks.ts'

test('one at a time for a key, in the order of asking; other keys do not wait', async () => {
  const locks = new KeyLocks()
  const seen: string[] = []
  const work = (name: string, ms: number) => async () => {
    seen.push(`${name} begins`)
    await wait(ms)
    seen.push(`${name} ends`)
    return name
  }
  const done = Promise.all([
    locks.hold('a', work('first', 30)),
    locks.hold('a', work('second', 1)),
    locks.hold('b', work('other', 1)),
  ])
  expect(await done).toEqual(['first', 'second', 'other'])
  expect(seen).toEqual(['first begins', 'other begins', 'other ends', 'first ends', 'second begins', 'second ends'])
})

test('a failure is thrown to its own caller and lets the next one in', async () => {
  const locks = new KeyLocks()
  const failing = locks.hold('a', async () => {
    throw new Error('broken')
  })
  const next = locks.hold('a', async () => 'fine')
  await expect(failing).rejects.toThrow('broken')
  expect(await next).toBe('fine')
})
