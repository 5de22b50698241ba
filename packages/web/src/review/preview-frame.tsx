import { useEffect, useRef, useState } from 'react'
import { Notice } from '../design/notice.tsx'
import { useTexts } from '../language/language.tsx'
import { type PreviewOrder, type PreviewReport, readReport } from '../preview/preview-messages.ts'
import styles from './preview-frame.module.css'

/** Milliseconds without a sign of life after which a frame is taken away. */
const mostSilence = 5_000
/** Milliseconds after which it is said that nothing has been shown yet. */
const mostWaiting = 8_000
/** Pixels that a component may take of the desk; it scrolls inside of them. */
const heights = { least: 80, most: 640 }

type Stage = 'starting' | 'rendered' | 'failed' | 'waits' | 'hangs'

/**
 * A frame without an origin: its page comes with a policy of its own (see the registry's `page-headers.ts`), gets the
 * bundle by one message, and is listened to on one port, of which nothing is believed but that it has something to show.
 */
export function PreviewFrame({ order, title }: { order: PreviewOrder; title: string }) {
  const texts = useTexts().review
  const [stage, setStage] = useState<Stage>('starting')
  const [message, setMessage] = useState('')
  const [height, setHeight] = useState(heights.least)
  const port = useRef<MessagePort>(undefined)
  const lastSign = useRef(0)

  const hear = (report: PreviewReport | undefined) => {
    if (!report) return
    lastSign.current = performance.now()
    if (report.type === 'failed') {
      setStage('failed')
      setMessage(report.message)
    } else if (report.type === 'rendered') {
      setStage((before) => (before === 'failed' ? before : 'rendered'))
      setHeight(Math.min(heights.most, Math.max(heights.least, report.height)))
    }
  }
  const hand = (frame: HTMLIFrameElement) => {
    // A frame that loads something else later is not handed anything.
    if (port.current) return
    const channel = new MessageChannel()
    port.current = channel.port1
    channel.port1.onmessage = ({ data }) => hear(readReport(data))
    lastSign.current = performance.now()
    // It has no origin that could be named.
    frame.contentWindow?.postMessage(order, '*', [channel.port2])
  }
  useEffect(() => {
    const began = performance.now()
    const watch = setInterval(() => {
      // Timers of pages that nobody sees are slowed down.
      if (document.hidden || !port.current) lastSign.current = performance.now()
      const now = performance.now()
      if (now - lastSign.current > mostSilence) setStage('hangs')
      else if (now - began > mostWaiting) setStage((before) => (before === 'starting' ? 'waits' : before))
    }, 500)
    return () => {
      clearInterval(watch)
      port.current?.close()
      port.current = undefined
    }
  }, [])

  return (
    <div className={styles.preview}>
      {stage === 'failed' && (
        <Notice tone="bad" title={texts.previewFailed}>
          <p dir="auto">{message}</p>
        </Notice>
      )}
      {stage === 'hangs' && (
        <Notice tone="bad" title={texts.previewHangs}>
          <p>{texts.previewHangsLead}</p>
        </Notice>
      )}
      {stage === 'waits' && (
        <Notice tone="warn" title={texts.previewWaits}>
          <p>{texts.previewWaitsLead}</p>
        </Notice>
      )}
      <p role="status" className={styles.status}>
        {stage === 'starting' && texts.starting}
        {stage === 'rendered' && texts.rendered}
      </p>
      {stage !== 'hangs' && (
        <iframe
          title={title}
          src="/preview.html"
          sandbox="allow-scripts"
          referrerPolicy="no-referrer"
          className={styles.frame}
          style={{ height }}
          onLoad={({ currentTarget }) => hand(currentTarget)}
        />
      )}
    </div>
  )
}
