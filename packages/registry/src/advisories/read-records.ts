import { createReadStream } from 'node:fs'
import { opendir, stat } from 'node:fs/promises'
import { extname, join } from 'node:path'

/** One record of a file, or why it is none. */
export type ReadRecord = {
  readonly file: string
  /** Which record of its file, from 1; where each line is a record, the line. */
  readonly number: number
} & ({ readonly record: unknown } | { readonly problem: string })

/** Characters of one record; far more than any advisory has. */
const mostCharacters = 16 * 1024 * 1024

/**
 * The JSON records of a file, or of every `.json`, `.jsonl` and `.ndjson` file in a folder and its folders: one record,
 * an array of them, or one after the other. Memory does not grow with the files. What cannot be read is told in its
 * place, and the rest goes on; only a path that cannot be looked at throws.
 */
export async function* readRecords(path: string): AsyncGenerator<ReadRecord> {
  const found = await stat(path)
  if (!found.isDirectory()) return yield* recordsOf(path)
  for await (const file of filesIn(path)) yield* recordsOf(file)
}

const lineFiles = new Set(['.jsonl', '.ndjson'])

async function* filesIn(folder: string): AsyncGenerator<string> {
  for await (const entry of await opendir(folder)) {
    const path = join(folder, entry.name)
    if (entry.isDirectory() && !entry.name.startsWith('.')) yield* filesIn(path)
    else if (entry.isFile() && (extname(path) === '.json' || lineFiles.has(extname(path)))) yield path
  }
}

async function* recordsOf(file: string): AsyncGenerator<ReadRecord> {
  const cut = lineFiles.has(extname(file)) ? cutLines : cutObjects
  let number = 0
  try {
    for await (const text of cut(createReadStream(file, 'utf8'))) {
      number++
      if (text === '') continue
      if (text === undefined) yield { file, number, problem: 'it is longer than any advisory' }
      else yield { file, number, ...parsed(text) }
    }
  } catch (error) {
    yield { file, number: number + 1, problem: (error as Error).message }
  }
}

function parsed(text: string): { record: unknown } | { problem: string } {
  try {
    return { record: JSON.parse(text) }
  } catch {
    return { problem: 'it is not JSON' }
  }
}

/** Each line without the space around it; undefined for one that is too long. */
async function* cutLines(chunks: AsyncIterable<string>): AsyncGenerator<string | undefined> {
  let held = ''
  let isTooLong = false
  for await (const chunk of chunks) {
    const lines = (held + chunk).split('\n')
    held = lines.pop() ?? ''
    for (const line of lines) {
      yield isTooLong ? undefined : withoutSpace(line)
      isTooLong = false
    }
    if (held.length <= mostCharacters) continue
    isTooLong = true
    held = ''
  }
  if (isTooLong) yield undefined
  else if (withoutSpace(held) !== '') yield withoutSpace(held)
}

/** A byte order mark, which editors leave at the beginning of a file, is no space to JSON. */
function withoutSpace(text: string): string {
  return text.replace(/^[\s\ufeff]+|\s+$/g, '')
}

/**
 * The text of each object that stands by itself or in an outermost array, and of whatever stands between objects and is
 * neither space, comma nor bracket; undefined for one that is too long.
 */
async function* cutObjects(chunks: AsyncIterable<string>): AsyncGenerator<string | undefined> {
  let held = ''
  let depth = 0
  let isInText = false
  let isEscaped = false
  let isTooLong = false
  for await (const chunk of chunks) {
    let start = 0
    for (let at = 0; at < chunk.length; at++) {
      const character = chunk[at]
      if (isEscaped) isEscaped = false
      else if (isInText) {
        if (character === '\\') isEscaped = true
        else if (character === '"') isInText = false
      } else if (character === '"' && depth > 0) isInText = true
      else if (character === '{' || (character === '[' && depth > 0)) {
        if (depth === 0) {
          const between = stray(held + chunk.slice(start, at))
          if (between !== '') yield between
          held = ''
          start = at
        }
        depth++
      } else if ((character === '}' || character === ']') && depth > 0) {
        depth--
        if (depth > 0) continue
        yield isTooLong ? undefined : held + chunk.slice(start, at + 1)
        isTooLong = false
        held = ''
        start = at + 1
      }
    }
    held += chunk.slice(start)
    if (held.length <= mostCharacters) continue
    isTooLong = depth > 0
    held = ''
  }
  if (isTooLong) yield undefined
  else if (depth > 0) yield held
  else if (stray(held) !== '') yield stray(held)
}

/** What does not belong between records. */
function stray(text: string): string {
  return text.replace(/[\s\ufeff,[\]]+/g, '')
}
