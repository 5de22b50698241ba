import { structuredPatch } from 'diff'

/** One line of a unified diff. */
export interface DiffLine {
  readonly mark: 'added' | 'removed' | 'same' | 'gap'
  /** Line numbers from 1; absent on the side where the line is not. */
  readonly before?: number
  readonly after?: number
  readonly text: string
}

/** Changed lines of one file; more are a new file rather than a change. */
const mostEdits = 5_000
/** Milliseconds for comparing one file. */
const mostTime = 1_000

/** The unified diff of two texts, line by line; undefined when nearly everything differs. */
export function diffLines(before: string, after: string): DiffLine[] | undefined {
  const options = { context: 3, maxEditLength: mostEdits, timeout: mostTime }
  const patch = structuredPatch('', '', before, after, undefined, undefined, options)
  return patch?.hunks.flatMap(({ oldStart, newStart, lines }) => {
    let [oldLine, newLine] = [oldStart, newStart]
    const gap: DiffLine[] = oldStart > 1 || newStart > 1 ? [{ mark: 'gap', text: '…' }] : []
    const shown = lines.flatMap((line): DiffLine[] => {
      const text = line.slice(1)
      if (line.startsWith('+')) return [{ mark: 'added', after: newLine++, text }]
      if (line.startsWith('-')) return [{ mark: 'removed', before: oldLine++, text }]
      if (line.startsWith('\\')) return []
      return [{ mark: 'same', before: oldLine++, after: newLine++, text }]
    })
    return [...gap, ...shown]
  })
}

/** A whole text as lines that were not changed, or that all came or went. */
export function wholeText(text: string, mark: 'added' | 'removed' | 'same'): DiffLine[] {
  const lines = text.split('\n')
  if (lines.at(-1) === '') lines.pop()
  return lines.map((line, index) => ({
    mark,
    ...(mark === 'added' ? {} : { before: index + 1 }),
    ...(mark === 'removed' ? {} : { after: index + 1 }),
    text: line,
  }))
}
