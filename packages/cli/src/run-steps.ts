import type { Step } from './console.ts'
import type { Context } from './context.ts'
import type { StepName } from './publish/publish-plan.ts'

const titles: Record<StepName, string> = {
  account: 'Account',
  check: 'Check',
  build: 'Build',
  test: 'Test',
  pack: 'Pack',
  inspect: 'Inspect',
  preflight: 'Preflight',
  upload: 'Upload',
  wait: 'Review',
}

/** Work that began before its step is shown, with the time that it takes itself. */
export interface Background<Result> {
  readonly result: Promise<Result>
  /** Milliseconds from its beginning to its end, once it has ended. */
  readonly time: () => number
}

/** Lets work go on. A rejection waits for whoever awaits the result. */
export function inBackground<Result>(result: Promise<Result>): Background<Result> {
  const began = performance.now()
  let time = 0
  const end = () => {
    time = performance.now() - began
  }
  result.then(end, end)
  return { result, time: () => time }
}

/** Runs one step and shows it. */
export type RunStep = <Result>(
  name: StepName,
  work: Background<Result> | ((step: Step) => Promise<Result>),
  detail?: (result: Result) => StepEnd,
) => Promise<Result>

/** The words behind a step: what was done, or why it was skipped, or what failed without an exception. */
export type StepEnd = string | { skipped: string } | { failed: string }

export function stepRunner({ console, signal }: Context): RunStep {
  return async (name, work, detail = () => '') => {
    signal.throwIfAborted()
    const step = console.step(titles[name])
    try {
      const result = await (typeof work === 'function' ? work(step) : work.result)
      if (typeof work !== 'function') step.took(work.time())
      const end = detail(result)
      if (typeof end === 'string') step.done(end)
      else if ('skipped' in end) step.skip(end.skipped)
      else step.fail(end.failed)
      return result
    } catch (error) {
      step.fail()
      throw error
    }
  }
}
