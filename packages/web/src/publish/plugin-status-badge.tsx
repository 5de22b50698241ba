import type { PluginStatus } from '@plexica/api'
import { Badge } from '../design/badge.tsx'
import type { Tone } from '../design/notice.tsx'
import { useTexts } from '../language/language.tsx'

const tones: Partial<Record<PluginStatus, Tone>> = {
  PENDING_REVIEW: 'info',
  PUBLISHED: 'good',
  DEPRECATED: 'warn',
  REJECTED: 'bad',
}

export function PluginStatusBadge({ status }: { status: PluginStatus }) {
  const texts = useTexts().publish
  const tone = tones[status]
  return <Badge {...(tone ? { tone } : {})}>{texts.statuses[status]}</Badge>
}
