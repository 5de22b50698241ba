import { expect, test } from 'vitest'
import { HostError } from './host-errors.ts'
import { loading, mayTryAgain, nextState, type PluginEvent, type PluginState } from './plugin-state.ts'

const reason = new HostError('bundle_timeout', 'too late')
const problem = { component: 'Card', reason: new HostError('render_failed', 'broken') }
const ready: PluginState = { status: 'ready', problems: [] }
const failed: PluginState = { status: 'failed', reason }

test.each<[string, PluginState, PluginEvent, PluginState]>([
  ['a loaded plugin is ready', loading, { type: 'loaded', problems: [] }, ready],
  [
    'it keeps what is missing',
    loading,
    { type: 'loaded', problems: [problem] },
    { status: 'ready', problems: [problem] },
  ],
  ['a failed one says why', loading, { type: 'failed', reason }, failed],
  ['a bundle after its time-out stays out', failed, { type: 'loaded', problems: [] }, failed],
  ['a failure after loading changes nothing', ready, { type: 'failed', reason }, ready],
  ['a failed plugin may try again', failed, { type: 'reloaded' }, loading],
  ['a ready plugin may get another version', ready, { type: 'reloaded' }, loading],
  [
    'one component may fail alone',
    ready,
    { type: 'component-failed', problem },
    { status: 'ready', problems: [problem] },
  ],
  ['a component of a failed plugin changes nothing', failed, { type: 'component-failed', problem }, failed],
])('%s', (_, before, event, after) => {
  expect(nextState(before, event)).toEqual(after)
})

test('a component that fails at every render is listed once', () => {
  const once = nextState(ready, { type: 'component-failed', problem })
  expect(nextState(once, { type: 'component-failed', problem: { ...problem } })).toBe(once)
})

test.each([
  ['bundle_unreachable', true],
  ['bundle_timeout', true],
  ['integrity_mismatch', false],
  ['bundle_threw', false],
] as const)('%s may be tried again: %s', (code, again) => {
  expect(mayTryAgain({ status: 'failed', reason: new HostError(code, 'no') })).toBe(again)
})
