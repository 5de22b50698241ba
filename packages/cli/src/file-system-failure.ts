import { dirname } from 'node:path'
import { type Failure, failure } from './failure.ts'

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'you have no right to',
  EPERM: 'you have no right to',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'your disk quota is used up',
  EMFILE: 'too many files are open',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of the path is not a folder',
  ENOENT: 'there is nothing of that name',
  EEXIST: 'there is something of that name',
  ELOOP: 'its symbolic links go round in a circle',
  ENAMETOOLONG: 'the name is too long',
}

/** An error of the operating system about a file, in words; undefined for any other error. */
export function failureOfFileSystem(error: Error): Failure | undefined {
  const { code, path } = error as NodeJS.ErrnoException
  const reason = code === undefined ? undefined : reasons[code]
  if (reason === undefined || path === undefined) return undefined
  // A draft's name, which nobody chose, says nothing; the folder that takes none does.
  const named = /\.\d+\.tmp$/.test(path) && code !== 'ENOENT' ? dirname(path) : path
  return failure('file_unusable', `\`${named}\` cannot be used: ${reason} (${code}).`, { cause: error })
}
