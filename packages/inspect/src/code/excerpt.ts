import { printable } from '../archive/printable.ts'

const shownCharacters = 80
/** More than is shown, so that a long token at the cut is seen whole and hidden. */
const readCharacters = 400

/**
 * The beginning of a piece of source on one line, safe to print and to publish: whatever looks like a token is cut to
 * its first four characters.
 */
export function excerpt(source: string, start: number, end: number): string {
  const text = source.slice(start, Math.min(end, start + readCharacters)).replaceAll(/\s+/g, ' ')
  const safe = text.replaceAll(/[\w+/=-]{24,}/g, (token) => `${token.slice(0, 4)}…`)
  const shown = printable(safe).replaceAll('`', "'")
  return shown.length > shownCharacters || end - start > readCharacters
    ? `${shown.slice(0, shownCharacters - 1)}…`
    : shown
}

/** Answers on which line, from 1, an offset stands. The lines are only counted when somebody asks. */
export function createLineCounter(text: string): (offset: number) => number {
  let starts: number[] | undefined
  return (offset) => {
    starts ??= lineStarts(text)
    let low = 0
    let high = starts.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((starts[middle] ?? 0) <= offset) low = middle + 1
      else high = middle
    }
    return low
  }
}

function lineStarts(text: string): number[] {
  const starts = [0]
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return starts
}
