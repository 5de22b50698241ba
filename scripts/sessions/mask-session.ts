/** What is another one at every recording. */
export interface Changing {
  /** Of the registry, with its port. */
  readonly url: string
  /** In which everything happened. */
  readonly folder: string
}

/** Shown instead of the registry's address, and as long as one with a port of five digits. */
const shownUrl = 'http://plugins.example'

/** The text with stable words for addresses, folders, times, ids and days, as long as they were where columns stand. */
export function maskSession(text: string, { url, folder }: Changing): string {
  const ids: string[] = []
  const nameId = (id: string) => {
    if (!ids.includes(id)) ids.push(id)
    return `019c1000-0000-7000-8000-${String(ids.indexOf(id) + 1).padStart(12, '0')}`
  }
  return (
    text
      .replaceAll(url, shownUrl)
      .replaceAll(new URL(url).host, new URL(shownUrl).host)
      .replaceAll(folder, '/home/you')
      // `✔ Build         95 ms`
      .replace(/^([✔✖] .*?) +\d+(?:\.\d+)? (?:ms|s)(?= |$)/gmu, (line, title: string) => {
        const end = line.length - title.length - 'NN ms'.length
        return `${title}${' '.repeat(end)}NN ms`
      })
      .replace(/(ready \(interface \d+, )[^)]+/, '$1NN ms')
      .replace(/(?<!urn:uuid:)\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, nameId)
      .replaceAll(new Date().toISOString().slice(0, 10), '2026-01-31')
      .replace(/[ \t]+$/gm, '')
      .trimEnd()
  )
}
