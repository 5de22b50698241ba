import type { FrameSource } from './frame.ts'
import type { HostError } from './host-errors.ts'
import type { PluginApi } from './plugin-api.ts'

export interface FrameOptions {
  source: FrameSource
  props: Record<string, unknown>
  plexica: PluginApi
  /** Of the frame, for those who do not see it. */
  title: string
  onFailed(reason: HostError): void
  /** Called with the time until the component stood in the frame. */
  onRendered?(milliseconds: number): void
}

export interface MountedFrame {
  update(props: Record<string, unknown>): void
  unmount(): void
}

export type MountFrame = (element: HTMLElement, options: FrameOptions) => MountedFrame

/** Loads what frames need when the first one is shown: a page without sandboxed plugins never does. */
export async function loadFrames(): Promise<MountFrame> {
  return (await import('./frame/index.ts')).mountFrame
}
