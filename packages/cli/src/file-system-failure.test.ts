import { expect, test } from 'vitest'
import { failureOfFileSystem } from './file-system-failure.ts'

function systemError(code: string, path: string): Error {
  return Object.assign(new Error(`${code}: ${path}`), { code, path })
}

test('a folder that takes no file is named, and no draft of one', () => {
  for (const draft of ['/plugins/.dist.4711.tmp', '/plugins/chart-1.0.0.tar.gz.4711.tmp']) {
    const found = failureOfFileSystem(systemError('EROFS', draft))
    expect(found?.message).toBe('`/plugins` cannot be used: the file system is read-only (EROFS).')
  }
  expect(failureOfFileSystem(systemError('EACCES', '/plugins/a.tmp'))?.message).toContain('`/plugins/a.tmp`')
})

test('an error that is about no file is another’s', () => {
  expect(failureOfFileSystem(new Error('no'))).toBeUndefined()
  expect(failureOfFileSystem(systemError('ECONNREFUSED', '/socket'))).toBeUndefined()
})
