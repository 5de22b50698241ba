/**
 * CHANGELOG.md with a section for this version, put before the first one that is there and headed
 * like it. The caller knows that there is
 * none yet. Line ends become `\n`.
 */
export function withChangelogSection(changelog: string | undefined, version: string, section: string): string {
  const text = (changelog ?? '').replace(/\r\n?/g, '\n')
  const first = /^##[^#].*/m.exec(text)
  const heading = first?.[0].startsWith('## [') ? `[${version}]` : version
  const entry = `## ${heading}\n\n${section.replace(/\r\n?/g, '\n').trim()}\n`
  if (first) return `${text.slice(0, first.index)}${entry}\n${text.slice(first.index)}`
  const title = text.trim() === '' ? '# Changelog' : text.trimEnd()
  return `${title}\n\n${entry}`
}
