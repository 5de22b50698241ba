import type { ArchiveCode } from './archive-rules.ts'

export const blockBytes = 512

/** What a 512-byte ustar header says (POSIX.1-1988 ustar and GNU tar's variant of it). */
export interface TarHeader {
  path: string
  link: string
  /** The type flag; `0` for a regular file, also where an old archive writes NUL. */
  type: string
  /** Bytes of content; infinite where the header claims more than a number holds exactly. */
  size: number
}

export interface HeaderProblem {
  code: ArchiveCode
  message: string
}

const octal = /^ *([0-7]+)[ \0]*$/
const posixMagic = 'ustar\x0000'
const gnuMagic = 'ustar  \0'

/** Reads the header at `at`, strictly: where two readers could disagree, it is a problem and not a header. */
export function decodeHeader(block: Buffer, at: number): TarHeader | HeaderProblem {
  const checksum = octal.exec(block.toString('latin1', at + 148, at + 156))?.[1]
  if (checksum === undefined || Number.parseInt(checksum, 8) !== sumOf(block, at))
    return { code: 'archive-header-checksum', message: 'The checksum of an entry header does not match.' }

  const magic = block.toString('latin1', at + 257, at + 265)
  if (magic !== posixMagic && magic !== gnuMagic)
    return { code: 'archive-header-malformed', message: 'An entry header has no ustar magic.' }

  const name = textField(block, at, 100)
  const link = textField(block, at + 157, 100)
  const prefix = textField(block, at + 345, 155)
  if (name === undefined || link === undefined || prefix === undefined)
    return { code: 'archive-header-malformed', message: 'An entry header hides bytes behind the end of a name.' }
  // GNU tar keeps times and sparse maps where POSIX keeps the prefix, so a prefix under its magic has two readings.
  if (magic === gnuMagic && prefix !== '')
    return { code: 'archive-header-malformed', message: 'An entry header of GNU tar has a POSIX prefix.' }

  const path = prefix === '' ? name : `${prefix}/${name}`
  const size = sizeField(block, at + 124)
  if (size === undefined) return { code: 'archive-header-size', message: 'The size in an entry header is no size.' }
  const flag = block[at + 156] as number
  return { path, link, type: flag === 0 ? '0' : String.fromCharCode(flag), size }
}

export function isZeroBlock(block: Buffer, at: number): boolean {
  for (let index = at; index < at + blockBytes; index++) if (block[index] !== 0) return false
  return true
}

/** The sum of all bytes, with the checksum's own eight counted as spaces. */
function sumOf(block: Buffer, at: number): number {
  let sum = 8 * 0x20
  for (let index = 0; index < blockBytes; index++) if (index < 148 || index >= 156) sum += block[at + index] as number
  return sum
}

/** Text up to its NUL; nothing when bytes stand behind the NUL, because some readers see them and some do not. */
function textField(block: Buffer, at: number, length: number): string | undefined {
  const nul = block.indexOf(0, at)
  const end = nul === -1 || nul > at + length ? at + length : nul
  for (let index = end; index < at + length; index++) if (block[index] !== 0) return undefined
  return block.toString('utf8', at, end)
}

/** Octal digits, or GNU's base-256: a first byte of 0x80, then a big-endian number. */
function sizeField(block: Buffer, at: number): number | undefined {
  const first = block[at] as number
  if (first === 0x80) {
    const value = BigInt(`0x${block.toString('hex', at + 1, at + 12)}`)
    return value > BigInt(Number.MAX_SAFE_INTEGER) ? Number.POSITIVE_INFINITY : Number(value)
  }
  const digits = octal.exec(block.toString('latin1', at, at + 12))?.[1]
  return digits === undefined ? undefined : Number.parseInt(digits, 8)
}
