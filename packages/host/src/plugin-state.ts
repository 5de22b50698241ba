import type { HostError } from './host-errors.ts'

/** Where a plugin stands in this page. `problems` are its single components that cannot be shown. */
export type PluginState =
  | { readonly status: 'loading' }
  | { readonly status: 'ready'; readonly problems: readonly ComponentProblem[] }
  | { readonly status: 'failed'; readonly reason: HostError }

export interface ComponentProblem {
  /** Name of the component in the manifest. */
  readonly component: string
  readonly reason: HostError
}

export type PluginEvent =
  | { type: 'loaded'; problems: readonly ComponentProblem[] }
  | { type: 'failed'; reason: HostError }
  | { type: 'component-failed'; problem: ComponentProblem }
  | { type: 'reloaded' }

export const loading: PluginState = { status: 'loading' }

/** The state after an event. What comes too late, such as a bundle after its time-out, changes nothing. */
export function nextState(state: PluginState, event: PluginEvent): PluginState {
  if (event.type === 'reloaded') return loading
  if (state.status === 'loading' && event.type === 'loaded') return { status: 'ready', problems: event.problems }
  if (state.status === 'loading' && event.type === 'failed') return { status: 'failed', reason: event.reason }
  if (state.status === 'ready' && event.type === 'component-failed') {
    const { component } = event.problem
    if (state.problems.some((known) => known.component === component)) return state
    return { status: 'ready', problems: [...state.problems, event.problem] }
  }
  return state
}

/** Whether the same version may do better at the next try. What a browser has checked or run, it does not fetch again. */
export function mayTryAgain(state: PluginState): boolean {
  return state.status === 'failed' && ['bundle_unreachable', 'bundle_timeout'].includes(state.reason.code)
}
