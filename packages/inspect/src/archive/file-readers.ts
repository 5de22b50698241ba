import type { FileReader } from './tar-walker.ts'

/** Hands over the first bytes of a file, at most `bytes` of them. */
export function readHead(bytes: number, take: (head: Buffer) => void): FileReader {
  let head = Buffer.alloc(0)
  return {
    data: (chunk) => {
      if (head.length < bytes) head = Buffer.concat([head, chunk.subarray(0, bytes - head.length)])
    },
    end: () => take(head),
  }
}

/** Hands over a whole file. Only for files whose size is known to be small. */
export function readWhole(bytes: number, take: (content: Buffer) => void): FileReader {
  const content = Buffer.allocUnsafe(bytes)
  let filled = 0
  return {
    data: (chunk) => {
      filled += chunk.copy(content, filled)
    },
    end: () => take(content),
  }
}

const pieceCharacters = 256 * 1024
/** Longer than any single secret, so that none is lost in a cut. */
const overlapCharacters = 4 * 1024

/** Hands over a text of any size in overlapping pieces, each with the number of lines in front of it. */
export function readPieces(take: (piece: string, linesBefore: number) => void): FileReader {
  const decoder = new TextDecoder()
  let text = ''
  let lines = 0
  return {
    data: (chunk) => {
      text += decoder.decode(chunk, { stream: true })
      // Cut by length alone, so that the pieces do not depend on how the bytes came in.
      while (text.length > pieceCharacters) {
        take(text.slice(0, pieceCharacters), lines)
        lines += countLines(text.slice(0, pieceCharacters - overlapCharacters))
        text = text.slice(pieceCharacters - overlapCharacters)
      }
    },
    end: () => {
      text += decoder.decode()
      take(text, lines)
    },
  }
}

function countLines(text: string): number {
  let count = 0
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count++
  return count
}

/** Feeds several readers from one file. */
export function readTogether(readers: readonly FileReader[]): FileReader {
  return {
    data: (chunk) => {
      for (const reader of readers) reader.data(chunk)
    },
    end: () => {
      for (const reader of readers) reader.end()
    },
  }
}
