/**
 * The records of a PAX extended header: `<length> <key>=<value>\n`, the length counting the whole record (POSIX pax).
 * Nothing when a length lies, a key stands twice or bytes are left over, because readers then disagree.
 */
export function paxRecords(data: Buffer): Map<string, string> | undefined {
  const records = new Map<string, string>()
  let at = 0
  while (at < data.length) {
    const space = data.indexOf(0x20, at)
    const digits = space === -1 ? '' : data.toString('latin1', at, space)
    if (!/^[1-9][0-9]{0,6}$/.test(digits)) return undefined
    const end = at + Number(digits)
    const equals = data.indexOf(0x3d, space)
    if (end > data.length || equals <= space + 1 || equals >= end || data[end - 1] !== 0x0a) return undefined
    const key = data.toString('utf8', space + 1, equals)
    if (records.has(key)) return undefined
    records.set(key, data.toString('utf8', equals + 1, end - 1))
    at = end
  }
  return records.size === 0 ? undefined : records
}
