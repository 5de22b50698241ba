import { expect, test } from 'vitest'
import { CannotOpen } from '../open-world.ts'
import { startFailure } from './start-failure.ts'

const systemError = (more: Record<string, unknown>) => Object.assign(new Error('failed'), more)

test.each([
  [
    { code: 'EADDRINUSE', syscall: 'listen', address: '127.0.0.1', port: 4873 },
    'Port 4873 of 127.0.0.1 is in use. Stop the program that has it, or set PLEXICA_PORT to another port.',
  ],
  [
    { code: 'EACCES', syscall: 'listen', address: '127.0.0.1', port: 80 },
    'This user may not listen on port 80. Set PLEXICA_PORT to a port above 1023.',
  ],
  [
    { code: 'EADDRNOTAVAIL', syscall: 'listen', address: '192.0.2.1', port: 1 },
    '192.0.2.1 is not an address of this machine. Correct PLEXICA_HOST.',
  ],
  [
    { code: 'ENOTFOUND', syscall: 'getaddrinfo', hostname: 'nowhere.invalid' },
    'nowhere.invalid is not an address of this machine. Correct PLEXICA_HOST.',
  ],
])('%j has a sentence', (more, sentence) => {
  expect(startFailure(systemError(more))).toBe(sentence)
})

test('what nobody expected has none, so that its stack is shown', () => {
  expect(startFailure(new TypeError('x is not a function'))).toBeUndefined()
  expect(startFailure(systemError({ code: 'EACCES', syscall: 'open' }))).toBeUndefined()
  expect(startFailure('thrown text')).toBeUndefined()
  expect(startFailure(new CannotOpen('Said already.'))).toBe('Said already.')
})
