import { type HostError, openFrame, type PluginApi } from '@plexica/host/frame'
import { useEffect, useRef, useState } from 'react'
import { Notice } from '../design/notice.tsx'
import { useTexts } from '../language/language.tsx'
import styles from './preview-frame.module.css'
import { type PreviewOrder, previewAddress } from './preview-order.ts'

/** Milliseconds after which it is said that nothing has been shown yet. */
const mostWaiting = 8_000

type Stage = 'starting' | 'rendered' | 'waits'

/** The frame in which plugins run that a page does not trust, here with nothing behind it. */
export function PreviewFrame({ order, title }: { order: PreviewOrder; title: string }) {
  const texts = useTexts().review
  const [stage, setStage] = useState<Stage>('starting')
  const [failure, setFailure] = useState<HostError>()
  const [thrown, setThrown] = useState<string>()
  const place = useRef<HTMLDivElement>(null)

  useEffect(() => {
    if (!place.current) return
    const { files, entry, exportName, props, configuration } = order
    const scripts = Object.fromEntries(Object.entries(files).map(([path, text]) => [previewAddress(path), text]))
    const frame = openFrame(place.current, {
      url: '/preview.html',
      scripts: Promise.resolve(scripts),
      entry: previewAddress(entry),
      exportName,
      props,
      plexica: { tenantId: 'preview', configuration, request: refuse },
      title,
      onFailed: setFailure,
      onRendered: () => setStage('rendered'),
      onThrew: setThrown,
    })
    const waiting = setTimeout(() => setStage((before) => (before === 'starting' ? 'waits' : before)), mostWaiting)
    return () => {
      clearTimeout(waiting)
      frame.unmount()
    }
  }, [order, title])

  const silent = failure?.code.startsWith('frame_')
  const message = silent ? undefined : (failure?.message ?? thrown)
  return (
    <div className={styles.preview}>
      {message !== undefined && (
        <Notice tone="bad" title={texts.previewFailed}>
          <p dir="auto">{message}</p>
        </Notice>
      )}
      {silent && (
        <Notice tone="bad" title={texts.previewHangs}>
          <p>{texts.previewHangsLead}</p>
        </Notice>
      )}
      {stage === 'waits' && !failure && (
        <Notice tone="warn" title={texts.previewWaits}>
          <p>{texts.previewWaitsLead}</p>
        </Notice>
      )}
      <p role="status" className={styles.status}>
        {!failure && stage === 'starting' && texts.starting}
        {!failure && stage === 'rendered' && texts.rendered}
      </p>
      <div ref={place} className={styles.place} />
    </div>
  )
}

const refuse: PluginApi['request'] = async (permission) => {
  throw new Error(`A preview has no answer to “${permission}”.`)
}
