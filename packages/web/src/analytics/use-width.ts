import { type RefObject, useLayoutEffect, useRef, useState } from 'react'

/** An element's width in pixels, as it changes; 0 before it is there. */
export function useWidth<Node extends HTMLElement>(): [RefObject<Node | null>, number] {
  const place = useRef<Node>(null)
  const [width, setWidth] = useState(0)
  useLayoutEffect(() => {
    const node = place.current
    if (!node) return
    const observer = new ResizeObserver(() => setWidth(node.clientWidth))
    observer.observe(node)
    setWidth(node.clientWidth)
    return () => observer.disconnect()
  }, [])
  return [place, width]
}
