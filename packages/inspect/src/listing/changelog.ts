interface Heading {
  level: number
  text: string
}

/**
 * What a changelog says about one version, without the heading. Knows the headings of Keep a Changelog (`## [1.2.3] -
 * 2026-01-31`) and the common others: `## 1.2.3`, `## v1.2.3`, `### [1.2.3](link) (date)`, `# Version 1.2.3`. The section
 * ends at the next heading of the same or a higher level. Undefined when there is none, or nothing in it.
 */
export function changelogSection(text: string, version: string): string | undefined {
  const section: string[] = []
  let level: number | undefined
  let fence: string | undefined
  for (const line of text.split(/\r?\n/)) {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1]
    const isFence = mark !== undefined && (fence === undefined || mark.startsWith(fence))
    // What looks like a heading in a block of code is none.
    const heading = fence === undefined && !isFence ? headingOf(line) : undefined
    if (isFence) fence = fence === undefined ? mark : undefined
    if (heading === undefined) {
      if (level !== undefined) section.push(line)
    } else if (level === undefined) {
      if (versionOf(heading.text) === version) level = heading.level
    } else if (heading.level <= level) break
    else section.push(line)
  }
  const content = withoutLinks(section).join('\n').trim()
  return content === '' ? undefined : content
}

function headingOf(line: string): Heading | undefined {
  const marks = /^ {0,3}(#{1,6})[ \t]/.exec(line)
  const hashes = marks?.[1]
  if (marks === null || hashes === undefined) return undefined
  return { level: hashes.length, text: line.slice(marks[0].length).trim() }
}

/** The version that a heading begins with; semantic versions have no other characters (semver.org). */
function versionOf(heading: string): string | undefined {
  return /^(?:version |release )?\[?v?(\d[\w.+-]*)/i.exec(heading)?.[1]
}

/** Without the addresses of all versions, which stand at the end of the file and so of its last section. */
function withoutLinks(lines: readonly string[]): readonly string[] {
  const last = lines.findLastIndex((line) => line.trim() !== '' && !/^ {0,3}\[[^\]]+\]: /.test(line))
  return lines.slice(0, last + 1)
}
