import { type Finding, limits } from '@plexica/manifest-schema/validate'
import { type ArchiveCode, archiveFinding } from './archive-rules.ts'
import { pathFindings } from './path-rules.ts'
import { paxRecords } from './pax-records.ts'
import { printable } from './printable.ts'
import { blockBytes, decodeHeader, isZeroBlock, type TarHeader } from './tar-header.ts'

/** Gets the bytes of one regular file as they come. `end` is not called for a file that is cut off. */
export interface FileReader {
  data(chunk: Buffer): void
  end(): void
}

/** Called at each regular file whose own header and path are sound, in the archive's order. */
export type OpenFile = (path: string, bytes: number) => FileReader

/** More than any honest header of one entry needs. */
const extensionBytes = 64 * 1024

const refusedTypes: Readonly<Record<string, [code: ArchiveCode, noun: string]>> = {
  '1': ['archive-hard-link', 'a hard link'],
  '2': ['archive-symbolic-link', 'a symbolic link'],
  '3': ['archive-device', 'a device'],
  '4': ['archive-device', 'a device'],
  '5': ['archive-directory', 'a folder entry'],
  '6': ['archive-fifo', 'a named pipe'],
  S: ['archive-sparse', 'a sparse entry'],
}

/** What extension headers say about the next entry. */
interface Extension {
  pax?: Map<string, string>
  longName?: string
  longLink?: string
}

/**
 * Walks a tar without trusting it, in whatever pieces it comes. It goes on behind everything that leaves no doubt where
 * the next header stands, and ignores the rest of the tar otherwise.
 */
export class TarWalker {
  readonly findings: Finding[] = []
  #open: OpenFile
  #state: 'header' | 'content' | 'end' | 'lost' = 'header'
  #partial = Buffer.alloc(blockBytes)
  #partialBytes = 0
  #entries = 0
  #zeroBlocks = 0
  #content = 0
  #padding = 0
  #current = ''
  #reader: FileReader | undefined
  #extension: Extension | undefined

  constructor(open: OpenFile) {
    this.#open = open
  }

  push(chunk: Buffer): void {
    let at = 0
    while (at < chunk.length && this.#state !== 'lost') {
      if (this.#state === 'content') at = this.#takeContent(chunk, at)
      else if (this.#partialBytes === 0 && chunk.length - at >= blockBytes) {
        this.#takeBlock(chunk, at)
        at += blockBytes
      } else {
        const taken = chunk.copy(this.#partial, this.#partialBytes, at, at + blockBytes - this.#partialBytes)
        this.#partialBytes += taken
        at += taken
        if (this.#partialBytes === blockBytes) {
          this.#partialBytes = 0
          this.#takeBlock(this.#partial, 0)
        }
      }
    }
  }

  /** Says after the last byte whether the walk went through the whole tar, so that what was not seen is not there. */
  finish(): boolean {
    if (this.#state === 'lost') return false
    if (this.#state === 'content') {
      this.#add('archive-tar-truncated', `The tar stops inside \`${this.#current}\`.`, this.#current)
    } else if (this.#state === 'end') {
      if (this.#partialBytes > 0) this.#afterEnd(this.#partial, this.#partialBytes)
      else if (this.#zeroBlocks < 2) this.#add('archive-tar-truncated', 'The tar ends with one zero block, not two.')
    } else if (this.#entries > 0 || this.#partialBytes > 0)
      this.#add('archive-tar-truncated', 'The tar stops without the two zero blocks that end it.')
    if (this.#extension !== undefined && this.#state !== 'content')
      this.#add('archive-pax-malformed', 'An extension header at the end of the tar belongs to no entry.')
    if (this.#entries === 0 && this.findings.length === 0) this.#add('archive-empty', 'The archive holds no entry.')
    return this.#state !== 'content'
  }

  #add(code: ArchiveCode, message: string, path?: string): void {
    this.findings.push(archiveFinding(code, message, { path }))
  }

  #lose(code: ArchiveCode, message: string, path?: string): void {
    this.#add(code, message, path)
    this.#state = 'lost'
  }

  #takeBlock(block: Buffer, at: number): void {
    if (isZeroBlock(block, at)) {
      this.#state = 'end'
      this.#zeroBlocks++
    } else if (this.#state === 'end') this.#afterEnd(block, blockBytes, at)
    else {
      const header = decodeHeader(block, at)
      if ('code' in header) {
        const behind = this.#current === '' ? 'The first entry' : `The entry behind \`${this.#current}\``
        this.#lose(header.code, `${behind} cannot be read: ${header.message}`)
      } else this.#takeHeader(header)
    }
  }

  #afterEnd(block: Buffer, length: number, at = 0): void {
    if (block.subarray(at, at + length).some((byte) => byte !== 0))
      this.#lose('archive-bytes-after-end', 'Data follows the zero blocks that end the tar.')
    else if (this.#zeroBlocks < 2) this.#lose('archive-tar-truncated', 'The tar ends with one zero block, not two.')
  }

  #takeHeader(header: TarHeader): void {
    this.#current = printable(header.path)
    if (++this.#entries > limits.entries.max) {
      this.#lose('archive-too-many-entries', `The archive has more than ${limits.entries.max} entries.`)
      return
    }
    this.#content = header.size
    this.#padding = Number.isFinite(header.size) ? (blockBytes - (header.size % blockBytes)) % blockBytes : 0
    this.#reader = this.#readerFor(header)
    if (this.#state === 'lost') return
    if (this.#content + this.#padding > 0) this.#state = 'content'
    else this.#endContent()
  }

  #readerFor(header: TarHeader): FileReader | undefined {
    const { type } = header
    if (type === 'x' || type === 'g' || type === 'L' || type === 'K') return this.#extensionReader(header)

    const extension = this.#extension
    this.#extension = undefined
    if (extension !== undefined && !this.#agrees(header, extension)) return undefined

    const path = type === '5' ? header.path.replace(/\/$/, '') : header.path
    const pathProblems = pathFindings(path)
    this.findings.push(...pathProblems)
    if (type !== '0') {
      const [code, noun] = refusedTypes[type] ?? ['archive-unknown-type', `an entry of type \`${printable(type)}\``]
      const message = `\`${this.#current}\` is ${noun}.`
      this.#add(code, message, this.#current)
      // Readers disagree whether content follows a link or a folder that claims a size, and what a sparse one holds.
      if (header.size > 0) this.#lose('archive-header-size', `${message} It claims a size.`, this.#current)
      return undefined
    }
    if (header.size > limits.entryBytes.max) {
      const message = `\`${this.#current}\` has more than ${limits.entryBytes.max} bytes.`
      this.#add('archive-entry-too-large', message, this.#current)
      return undefined
    }
    return pathProblems.length === 0 ? this.#open(path, header.size) : undefined
  }

  #extensionReader(header: TarHeader): FileReader | undefined {
    if (header.type === 'g') {
      this.#lose('archive-pax-global', 'A global PAX header changes every entry behind it.')
      return undefined
    }
    if (header.size > extensionBytes) {
      this.#lose(
        'archive-pax-malformed',
        `An extension header has ${header.size} bytes, ${extensionBytes} are allowed.`,
      )
      return undefined
    }
    const parts: Buffer[] = []
    return {
      data: (chunk) => void parts.push(Buffer.from(chunk)),
      end: () => this.#takeExtension(header.type, Buffer.concat(parts)),
    }
  }

  #takeExtension(type: string, data: Buffer): void {
    const extension = this.#extension ?? {}
    const key = type === 'x' ? 'pax' : type === 'L' ? 'longName' : 'longLink'
    const value = type === 'x' ? paxRecords(data) : longName(data)
    if (value === undefined) this.#lose('archive-pax-malformed', 'An extension header is damaged.')
    else if (extension[key] !== undefined) this.#lose('archive-pax-malformed', 'An entry has two extension headers.')
    else this.#extension = { ...extension, [key]: value }
  }

  /** Whether all readers, those that know extensions and those that do not, see one and the same entry. */
  #agrees(header: TarHeader, { pax, longName, longLink }: Extension): boolean {
    const before = this.findings.length
    const shown = this.#current
    for (const [said, own] of [
      [longName, header.path],
      [longLink, header.link],
    ])
      if (said !== undefined && said !== own) {
        const message = `The entry \`${shown}\` has a GNU long name: \`${printable(said)}\`.`
        this.#add('archive-gnu-name-disagrees', message, shown)
      }
    const own: Record<string, string> = { path: header.path, linkpath: header.link, size: String(header.size) }
    for (const [key, value] of pax ?? [])
      if (key.startsWith('GNU.sparse.')) {
        this.#lose('archive-sparse', `\`${shown}\` is a sparse entry.`, shown)
        break
      } else if (Object.hasOwn(own, key) && own[key] !== value) {
        const message = `The PAX header of \`${shown}\` says that its ${key} is \`${printable(value)}\`.`
        this.#add('archive-pax-disagrees', message, shown)
        // With two sizes nobody can say where the next header stands.
        if (key === 'size') this.#state = 'lost'
      }
    return this.findings.length === before
  }

  #takeContent(chunk: Buffer, at: number): number {
    const content = Math.min(this.#content, chunk.length - at)
    if (content > 0) this.#reader?.data(chunk.subarray(at, at + content))
    this.#content -= content
    if (this.#content > 0) return at + content
    const padding = Math.min(this.#padding, chunk.length - at - content)
    this.#padding -= padding
    if (this.#padding === 0) this.#endContent()
    return at + content + padding
  }

  #endContent(): void {
    this.#state = 'header'
    this.#reader?.end()
    this.#reader = undefined
  }
}

function longName(data: Buffer): string | undefined {
  const nul = data.indexOf(0)
  return nul === data.length - 1 ? data.toString('utf8', 0, nul) : undefined
}
