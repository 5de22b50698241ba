import { expect, test } from 'vitest'
import { codePoints, type FormatName, formats } from './formats.ts'

const examples: Record<FormatName, { good: string[]; bad: string[] }> = {
  uri: {
    good: ['https://example.com', 'http://localhost:3000/a?b=c#d', 'https://example.com/%20', 'mailto:a@example.com'],
    bad: [
      '',
      'example.com',
      '/a',
      'https://',
      'https://exa mple.com',
      'https://example.com/a b',
      'https://example.com/<',
    ],
  },
  email: {
    good: ['a@example.com', 'first.last+tag@mail.example.org', "o'neil@example.com"],
    bad: ['', 'a', 'a@b', '@example.com', 'a@@example.com', 'a b@example.com', 'a@example..com', 'a@example.c'],
  },
  date: {
    good: ['2026-02-28', '2024-02-29', '0001-01-01'],
    bad: ['', '2026-02-29', '2026-13-01', '2026-1-1', '2026-01-01T00:00:00Z'],
  },
  'date-time': {
    good: ['2026-02-28T23:59:59Z', '2026-02-28T23:59:59.123+02:00', '2026-02-28t00:00:00z'],
    bad: [
      '',
      '2026-02-28',
      '2026-02-30T00:00:00Z',
      '2026-02-28T25:00:00Z',
      '2026-02-28T00:00:00',
      '2026-02-28 00:00:00Z',
    ],
  },
}

test.each(Object.keys(formats) as FormatName[])('%s', (name) => {
  for (const text of examples[name].good) expect(formats[name].fits(text), text).toBe(true)
  for (const text of examples[name].bad) expect(formats[name].fits(text), text).toBe(false)
})

test('characters are code points', () => {
  expect(codePoints('')).toBe(0)
  expect(codePoints('a𝒳é')).toBe(3)
})
