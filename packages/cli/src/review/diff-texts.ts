import { isUtf8 } from 'node:buffer'
import type { Submission } from '@plexica/api'
import { createTwoFilesPatch } from 'diff'
import { bytesText, printable, type Style } from '../style.ts'
import type { Diff, FileDiff } from './changed-files.ts'

/** Bytes of a file; larger ones are not compared. As much as the registry shows of a submitted file. */
const mostBytes = 1024 * 1024
/** Changed lines of one file; more are a new file rather than a change. */
const mostEdits = 5_000
/** Milliseconds for comparing one file. */
const mostTime = 2_000
/** Characters of a line. Minified code has lines that no terminal shows. */
const mostColumns = 400

const devNull = '/dev/null'

/** The unified diff of one file, or why there is none. */
export function diffTexts(
  path: string,
  before: Buffer | undefined,
  after: Buffer | undefined,
): { patch: string | null; note: string | null } {
  const both = [before, after].filter((content) => content !== undefined)
  if (both.some((content) => content.length > mostBytes)) return { patch: null, note: 'not shown: too large' }
  if (both.some((content) => !isUtf8(content) || content.includes(0)))
    return { patch: null, note: 'not shown: no text' }
  const patch = createTwoFilesPatch(
    before === undefined ? devNull : `a/${path}`,
    after === undefined ? devNull : `b/${path}`,
    before?.toString('utf8') ?? '',
    after?.toString('utf8') ?? '',
    undefined,
    undefined,
    { context: 3, maxEditLength: mostEdits, timeout: mostTime, headerOptions: fileNamesOnly },
  )
  return patch === undefined ? { patch: null, note: 'not shown: nearly everything differs' } : { patch, note: null }
}

const fileNamesOnly = { includeIndex: false, includeUnderline: false, includeFileHeaders: true }

/** The diff as people read it. */
export function layDiff({ submission, base, files }: Diff & { submission: Submission }, style: Style): string {
  const { pluginId, version, id, digest } = submission
  const against = base === null ? 'the first version: every file is new' : `against ${base.version} (${base.digest})`
  return [
    style.bold(`${pluginId} ${version}`),
    `  submission  ${printable(id)}`,
    `  digest      ${digest}`,
    `  ${against}`,
    '',
    ...(files.length === 0 ? ['No file differs.'] : []),
    ...files.flatMap((file) => [...layFile(file, style), '']),
  ].join('\n')
}

function layFile(file: FileDiff, style: Style): string[] {
  const { path, change, before, after, patch, note } = file
  const sizes = [before, after].filter((bytes) => bytes !== null).map(bytesText)
  const head = style.bold(`${change} ${printable(path)}  ${sizes.join(' → ')}${note === null ? '' : `  (${note})`}`)
  return [
    head,
    ...(patch ?? '')
      .trimEnd()
      .split('\n')
      .filter(Boolean)
      .map((line) => layLine(line, style)),
  ]
}

function layLine(line: string, style: Style): string {
  const text = printable(line)
  const shown = text.length > mostColumns ? `${text.slice(0, mostColumns)}… (${text.length} characters)` : text
  if (/^(---|\+\+\+) /.test(line)) return style.dim(shown)
  if (line.startsWith('+')) return style.green(shown)
  if (line.startsWith('-')) return style.red(shown)
  return line.startsWith('@@') ? style.cyan(shown) : shown
}
