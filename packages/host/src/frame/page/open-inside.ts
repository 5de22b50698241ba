/** Nothing but the component: what a page's style sheet would give it, it brings itself. */
const style = 'body{display:flow-root;margin:0;font:1rem/1.5 system-ui,sans-serif}'

/**
 * The page that is loaded runs no plugin. It makes one more frame inside of itself and passes the order on: where a frame
 * may go is decided by the policy of the page around it, and this one's says nowhere. What runs in there cannot carry
 * anything off by leaving for another address, whatever the policy of the platform's page is.
 */
export function openInside(): void {
  const inside = document.createElement('iframe')
  inside.setAttribute('sandbox', 'allow-scripts')
  inside.style.cssText = 'display: block; inline-size: 100%; block-size: 100%; border: 0'
  inside.srcdoc = `<!doctype html><meta charset="utf-8"><style>${style}</style><div id="root"></div>
<script type="module" crossorigin src="${import.meta.url}"></script>`
  const ready = new Promise((resolve) => inside.addEventListener('load', resolve, { once: true }))
  document.body.append(inside)
  window.addEventListener('message', async function pass({ data, source, ports }) {
    if (!isAround(source)) return
    window.removeEventListener('message', pass)
    await ready
    inside.contentWindow?.postMessage(data, '*', [...ports])
  })
}

/**
 * Whether a window is around this one. Not the parent alone: the canvas of a page editor is a frame itself, and the page
 * that puts this frame into it hands its order over from outside.
 */
function isAround(source: MessageEventSource | null): boolean {
  let outer: Window = window
  while (outer !== outer.parent) {
    outer = outer.parent
    if (outer === source) return true
  }
  return false
}
