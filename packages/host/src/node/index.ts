export type { BackendAnswer, BackendHooks, BackendRequest, BackendRoutes, Plexica } from './backend-contract.ts'
export { BackendError, type BackendErrorCode } from './backend-errors.ts'
export { type BackendLimits, defaultLimits } from './backend-limits.ts'
export { type Backends, type BackendsOptions, createBackends, type HookOutcome } from './create-backends.ts'
export {
  type Backend,
  type BackendApi,
  type BackendCaller,
  type BackendLogEntry,
  type BackendOptions,
  type BackendPlugin,
  openBackend,
} from './open-backend.ts'
