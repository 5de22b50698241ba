import { useState } from 'react'
import styles from './screenshot-gallery.module.css'

/** A picture in a box of a fixed form, so that nothing moves when it comes; a calm block with words where it does not. */
export function Screenshot({
  url,
  missing,
  ...image
}: {
  url: string
  /** What stands in its place. */
  missing: string
  width: number
  height: number
  loading?: 'eager' | 'lazy'
}) {
  const [failed, setFailed] = useState<string>()
  if (url === failed) {
    return (
      <span className={styles.missing} dir="auto">
        {missing}
      </span>
    )
  }
  return <img alt="" {...image} src={url} decoding="async" className={styles.picture} onError={() => setFailed(url)} />
}
