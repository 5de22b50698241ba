import { createHash } from 'node:crypto'
import { Header } from 'tar/header'
import { gzipSlice, sliceBytes } from './gzip-slices.ts'

export interface PackedFile {
  path: string
  bytes: number
}

/** A package while it is made and after. */
export interface PackedArchive {
  /** Settles when every entry is in. Rejects when an entry could not be read. */
  readonly done: Promise<{ digest: string; files: readonly PackedFile[] }>
  /** The `.tar.gz`, as far as it is made and then as it comes. May be read any number of times. */
  members(): AsyncIterable<Uint8Array>
}

const blockBytes = 512
/** After the epoch, because some tools take zero for "no time". */
const modified = new Date('1985-10-26T08:15:00Z')

/**
 * Makes a ustar archive (POSIX.1-1988, without PAX or GNU extensions) of entries that come sorted, and compresses each
 * slice as soon as it is full. Only paths and contents decide about the bytes. The digest is over the tar, because two
 * machines' zlib may differ.
 */
export function packArchive(entries: AsyncIterable<{ path: string; content: Uint8Array }>): PackedArchive {
  const digest = createHash('sha256')
  const files: PackedFile[] = []
  const members: Promise<Buffer>[] = []
  let pending: Uint8Array[] = []
  let pendingBytes = 0
  let ended = false
  let failure: { error: unknown } | undefined
  let changed = Promise.withResolvers<void>()
  const tellReaders = () => {
    changed.resolve()
    changed = Promise.withResolvers()
  }

  const flush = () => {
    const member = gzipSlice(Buffer.concat(pending, pendingBytes))
    // A reader sees the rejection; without one it must not end the process.
    member.catch(() => undefined)
    members.push(member)
    pending = []
    pendingBytes = 0
    tellReaders()
  }
  const write = (bytes: Uint8Array) => {
    digest.update(bytes)
    for (let at = 0; at < bytes.length; ) {
      const part = bytes.subarray(at, at + sliceBytes - pendingBytes)
      pending.push(part)
      pendingBytes += part.length
      at += part.length
      if (pendingBytes === sliceBytes) flush()
    }
  }

  const run = async () => {
    for await (const { path, content } of entries) {
      write(headerOf(path, content.length))
      write(content)
      write(new Uint8Array(-content.length & (blockBytes - 1)))
      files.push({ path, bytes: content.length })
    }
    write(new Uint8Array(2 * blockBytes))
    if (pendingBytes > 0) flush()
    return { digest: `sha256-${digest.digest('hex')}`, files }
  }
  const done = run()
  done
    .catch((error) => {
      failure = { error }
    })
    .finally(() => {
      ended = true
      tellReaders()
    })

  return {
    done,
    async *members() {
      for (let index = 0; ; index++) {
        while (index >= members.length && !ended) await changed.promise
        if (failure) throw failure.error
        const member = members[index]
        if (member === undefined) return
        yield await member
      }
    },
  }
}

function headerOf(path: string, size: number): Uint8Array {
  const header = new Header({
    path,
    size,
    mode: 0o644,
    uid: 0,
    gid: 0,
    uname: '',
    gname: '',
    mtime: modified,
    type: 'File',
  })
  header.encode()
  return header.block as Buffer
}

/** Whether a ustar header can hold the path. */
export function fitsHeader(path: string): boolean {
  return new Header(Buffer.from(headerOf(path, 0))).path === path
}
