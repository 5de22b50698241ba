import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { Loaded } from '../design/loaded.tsx'
import { useTexts } from '../language/language.tsx'
import { diffLines, wholeText } from './diff-lines.ts'
import { DiffTable } from './diff-table.tsx'
import type { ListedFile } from './listed-files.ts'
import { fileQuery } from './review-queries.ts'

/** What differs in one file, or its whole text when it came, went or stayed as it was. */
export default function FileDiff({
  submissionId,
  baseId,
  file: { path, mark },
}: {
  submissionId: string
  baseId: string | null
  file: ListedFile
}) {
  const texts = useTexts().review
  const isMap = path.endsWith('.map')
  const hasBefore = mark === 'changed' || mark === 'removed'
  const after = useQuery({ ...fileQuery(submissionId, path), enabled: mark !== 'removed' && !isMap })
  const before = useQuery({ ...fileQuery(baseId ?? '', path), enabled: hasBefore && baseId !== null && !isMap })
  if (isMap) return <p>{texts.sourceMap}</p>
  if (hasBefore && baseId === null) return <p>{texts.noBefore}</p>
  if (mark === 'changed') {
    return (
      <Loaded query={before}>
        {(old) => <Loaded query={after}>{(now) => <Compared path={path} before={old} after={now} />}</Loaded>}
      </Loaded>
    )
  }
  return (
    <Loaded query={mark === 'removed' ? before : after}>
      {(text) => <DiffTable label={texts.lines(path)} lines={wholeText(text, mark)} />}
    </Loaded>
  )
}

function Compared({ path, before, after }: { path: string; before: string; after: string }) {
  const texts = useTexts().review
  const lines = useMemo(() => diffLines(before, after), [before, after])
  if (lines === undefined) return <p>{texts.tooDifferent}</p>
  if (lines.length === 0) return <p>{texts.sameText}</p>
  return <DiffTable label={texts.lines(path)} lines={lines} />
}
