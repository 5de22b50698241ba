/**
 * Calls back for every message that a frame posts past its port, to the page around it: nothing keeps a frame from that,
 * and a flood of them keeps the page busy all the same.
 *
 * @returns How to stop.
 */
export function listenForStrays(frame: HTMLIFrameElement, onStray: () => void): () => void {
  const hear = ({ source }: MessageEvent) => {
    if (isWithin(frame.contentWindow, source)) onStray()
  }
  window.addEventListener('message', hear)
  return () => window.removeEventListener('message', hear)
}

/** Whether a window is a frame's or one inside of it. `parent` can be read of windows of every origin. */
function isWithin(outer: Window | null, source: MessageEventSource | null): boolean {
  let inner = source && 'parent' in source ? source : null
  while (inner !== null && inner !== outer && inner !== inner.parent) inner = inner.parent
  return inner !== null && inner === outer
}
