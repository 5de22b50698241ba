import type { VersionState } from '@plexica/api'
import { Badge } from '../design/badge.tsx'
import type { Tone } from '../design/notice.tsx'
import { useTexts } from '../language/language.tsx'

const tones: Partial<Record<VersionState, Tone>> = {
  pending_review: 'info',
  published: 'good',
  rejected: 'bad',
  yanked: 'warn',
}

export function VersionStateBadge({ state }: { state: VersionState }) {
  const texts = useTexts().versions
  const tone = tones[state]
  return <Badge {...(tone ? { tone } : {})}>{texts.states[state]}</Badge>
}
