import { codePointName, type Finding, hidden } from '@plexica/manifest-schema'
import { requestFinding } from '../http/request-finding.ts'

/**
 * A person's Markdown as it is stored: the text itself, with line ends as `\n` and nothing blank around it; null when
 * nothing is left. Characters that nobody sees or that reorder what others read are findings. `path` names the field.
 */
export function readReviewText(written: string, path: string): { text: string | null; findings: Finding[] } {
  const text = written.replace(/\r\n?/g, '\n').trim()
  const [character] = hidden.exec(text) ?? []
  if (character === undefined) return { text: text === '' ? null : text, findings: [] }
  const message = `${path} has the character ${codePointName(character)}, which nobody sees or which reorders the text.`
  return { text: null, findings: [requestFinding(path, message, 'Take it out.')] }
}
