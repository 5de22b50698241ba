/** A heading of a release: `## [1.2.3] - 2026-01-31`, `## 1.2.3`, `### v1.2.3 (31 January)`. */
const releaseHeading = /^(#{1,4})\s+\[?v?(\d+\.\d+\.\d+[^\s\]):,]*)\]?/

/**
 * The entry of one version in a changelog (keepachangelog.com): what stands below its heading, up to the next heading of
 * the same or a higher level. Undefined when there is none, or nothing in it.
 */
export function changelogSection(text: string, version: string): string | undefined {
  const lines = text.split(/\r?\n/)
  const start = lines.findIndex((line) => line.match(releaseHeading)?.[2] === version)
  const level = lines[start]?.match(releaseHeading)?.[1]?.length
  if (level === undefined) return undefined
  const rest = lines.slice(start + 1)
  const end = rest.findIndex((line) => isHeadingUpTo(line, level))
  const entry = rest.slice(0, end === -1 ? undefined : end)
  return entry.join('\n').trim() || undefined
}

function isHeadingUpTo(line: string, level: number): boolean {
  const marks = line.match(/^(#{1,6})\s/)?.[1]
  return marks !== undefined && marks.length <= level
}
