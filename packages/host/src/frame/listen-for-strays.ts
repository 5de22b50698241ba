/**
 * A frame can always post messages to the page around it. They are counted, and kept from the page's own listeners: what
 * a plugin has to say comes through its port.
 */
export function listenForStrays(frame: HTMLIFrameElement, onStray: () => void): { stop(): void } {
  const hear = (event: MessageEvent) => {
    if (!isWithin(frame.contentWindow, event.source)) return
    event.stopImmediatePropagation()
    onStray()
  }
  // Before the listeners of the page, which do not capture.
  window.addEventListener('message', hear, true)
  return { stop: () => window.removeEventListener('message', hear, true) }
}

/** Whether a window is a frame's or one inside of it. `parent` can be read of windows of every origin. */
function isWithin(outer: Window | null, source: MessageEventSource | null): boolean {
  let inner = source && 'parent' in source ? source : null
  while (inner !== null && inner !== outer && inner !== inner.parent) inner = inner.parent
  return inner !== null && inner === outer
}
