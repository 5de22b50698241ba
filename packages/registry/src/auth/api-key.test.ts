import { expect, test } from 'vitest'
import { hashApiKey, isApiKey, newApiKey } from './api-key.ts'

test('a fresh key has the form of a key and no two are the same', () => {
  const keys = Array.from({ length: 200 }, newApiKey)
  for (const key of keys) expect(isApiKey(key), key).toBe(true)
  expect(new Set(keys).size).toBe(keys.length)
  const digits = new Set(keys.flatMap((key) => [...key.slice(4)]))
  expect(digits.size).toBe(62)
})

test('one wrong, missing, added or swapped character is noticed', () => {
  const key = newApiKey()
  for (let at = 0; at < key.length; at++) {
    const other = key[at] === 'x' ? 'y' : 'x'
    expect(isApiKey(key.slice(0, at) + other + key.slice(at + 1))).toBe(false)
    expect(isApiKey(key.slice(0, at) + key.slice(at + 1))).toBe(false)
    expect(isApiKey(key.slice(0, at) + other + key.slice(at))).toBe(false)
    const swapped =
      key.slice(0, at) +
      key
        .slice(at, at + 2)
        .split('')
        .reverse()
        .join('') +
      key.slice(at + 2)
    expect(isApiKey(swapped)).toBe(swapped === key)
  }
})

test('what is stored is a SHA-256 of the key', () => {
  expect(hashApiKey('plx_abc')).toBe('9305b7f2eac76fbc236d0e563326d5711fd085e4e2f8f4ed2e4765bc5ce3040f')
})
