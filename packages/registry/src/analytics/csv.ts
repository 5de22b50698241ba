import { qualityValues } from '../http/quality-values.ts'
import { Reply } from '../http/reply.ts'

export type CsvCell = string | number

/** A table as CSV (RFC 4180) with a line of names, for a browser to save under a name. */
export function csvReply(fileName: string, names: readonly string[], rows: readonly (readonly CsvCell[])[]): Reply {
  const headers = {
    'content-type': 'text/csv; charset=utf-8; header=present',
    'content-disposition': `attachment; filename="${fileName}"`,
    'cache-control': 'no-store',
    vary: 'accept',
  }
  return new Reply(200, headers, Buffer.from(csvText([names, ...rows])))
}

/** Lines end with CRLF, the last one too; cells with quotes, commas or line ends stand between quotes. */
export function csvText(rows: readonly (readonly CsvCell[])[]): string {
  return rows.map((cells) => `${cells.map(csvCell).join(',')}\r\n`).join('')
}

function csvCell(cell: CsvCell): string {
  // A spreadsheet would run a text that begins like a formula; numbers are ours.
  const text = typeof cell === 'string' && /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : String(cell)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** Whether an `Accept` header would rather have CSV than JSON (RFC 9110 section 12.5.1). */
export function prefersCsv(accept: string | undefined): boolean {
  const weights = qualityValues(accept ?? '')
  return (weights.get('text/csv') ?? 0) > (weights.get('application/json') ?? 0)
}
