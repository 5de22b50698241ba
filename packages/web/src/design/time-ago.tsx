import { useFormat } from '../language/language.tsx'

/** How long ago something happened; the time itself on hover and for machines. */
export function TimeAgo({ at }: { at: string }) {
  const format = useFormat()
  return (
    <time dateTime={at} title={format.time(at)}>
      {format.ago(at)}
    </time>
  )
}
