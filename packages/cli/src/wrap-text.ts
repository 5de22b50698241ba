/** A terminal of fewer columns, and one that says that it has none, breaks the lines itself. */
const fewestColumns = 40

/**
 * Breaks each line between its words, where there is room for so many characters. What follows a break starts below
 * the line's own beginning, or below the text of an item of a list. A word that is too long stays whole, and so does a
 * row of a Markdown table.
 */
export function wrapText(text: string, columns: number | undefined): string {
  if (columns === undefined || columns < fewestColumns) return text
  return text
    .split('\n')
    .map((line) => (line.length <= columns || /^\s*\|/.test(line) ? line : wrapLine(line, columns)))
    .join('\n')
}

/** The text with each paragraph and each item of a list in one line, as Markdown reads it; code and tables stay. */
export function joinLines(text: string): string {
  let isCode = false
  let goesOn = false
  const joined: string[] = []
  for (const line of text.split('\n')) {
    const isFence = /^\s*(?:```|~~~)/.test(line)
    const isPlain = !isCode && !isFence && /^\s{0,3}[^\s#|>]/.test(line)
    const begins = /^\s*(?:[-*+]|\d+[.)]) /.test(line)
    if (goesOn && isPlain && !begins) joined.push(`${joined.pop()} ${line.trim()}`)
    else joined.push(line)
    if (isFence) isCode = !isCode
    goesOn = isPlain
  }
  return joined.join('\n')
}

function wrapLine(line: string, columns: number): string {
  const lead = /^\s*(?:(?:[-*+]|\d+\.|fix:|plexica:|[✔✖]) +)?/.exec(line)?.[0] ?? ''
  const lines: string[] = []
  let open = lead
  let isEmpty = true
  for (const word of line.slice(lead.length).split(' ')) {
    if (!isEmpty && open.length + 1 + word.length > columns) {
      lines.push(open)
      open = ' '.repeat(lead.length)
      isEmpty = true
    }
    open += isEmpty ? word : ` ${word}`
    isEmpty = false
  }
  return [...lines, open].join('\n')
}
