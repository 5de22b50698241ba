/**
 * CHANGELOG.md with a section for this version, put before the first one that is there. The caller knows that there is
 * none yet. Line ends become `\n`.
 */
export function withChangelogSection(changelog: string | undefined, version: string, section: string): string {
  const text = (changelog ?? '').replace(/\r\n?/g, '\n')
  const entry = `## ${version}\n\n${section.replace(/\r\n?/g, '\n').trim()}\n`
  const first = /^##[^#]/m.exec(text)
  if (first) return `${text.slice(0, first.index)}${entry}\n${text.slice(first.index)}`
  const title = text.trim() === '' ? '# Changelog' : text.trimEnd()
  return `${title}\n\n${entry}`
}
