import { HostError } from './host-errors.ts'
import type { MountFrame } from './mount-frame.ts'

/** A plugin that may not run in the page does not run where there are no frames. */
export const mountFrame: MountFrame = (_element, { title, onFailed }) => {
  onFailed(new HostError('sandbox_unavailable', `${title} runs in a frame only, and this page offers none.`))
  return { update() {}, unmount() {} }
}
