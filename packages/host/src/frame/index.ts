export { HostError } from '../host-errors.ts'
export type { PluginApi } from '../plugin-api.ts'
export { type MountOptions, mountFrame } from './mount-frame.ts'
export { type FrameOptions, type MountedFrame, openFrame } from './open-frame.ts'
