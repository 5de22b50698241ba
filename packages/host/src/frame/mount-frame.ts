import type { FrameSource } from '../frame.ts'
import { fetchScripts } from './fetch-scripts.ts'
import { type FrameOptions, type MountedFrame, openFrame } from './open-frame.ts'

export interface MountOptions extends Omit<FrameOptions, 'url' | 'entry' | 'exportName' | 'scripts'> {
  source: FrameSource
}

/**
 * Shows a component of an installed plugin in a frame of its own, inside of an element. Its scripts are checked before the
 * frame gets them. What goes wrong, now or later, is told to `onFailed`, once, and the frame is gone by then.
 */
export function mountFrame(element: HTMLElement, { source, ...options }: MountOptions): MountedFrame {
  const { url, entry, exportName, files } = source
  const leaving = new AbortController()
  const scripts = fetchScripts(files, leaving.signal)
  const frame = openFrame(element, { ...options, url, entry, exportName, scripts })
  return {
    update: frame.update,
    unmount() {
      leaving.abort()
      frame.unmount()
    },
  }
}
