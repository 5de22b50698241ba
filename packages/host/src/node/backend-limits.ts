/** What a backend may take. All times in milliseconds. */
export interface BackendLimits {
  /** One call, until its answer is there. */
  time: number
  /** From the start of the process until the module has been imported. */
  startTime: number
  /** Megabytes of JavaScript heap; the process as a whole may have 128 more. */
  memory: number
  /** Bytes of a request's body, of an answer's body, and of what a backend sends to a host. */
  bodyBytes: number
  /** Bytes of what a host answers to a backend. */
  fetchBytes: number
  /** Calls that run in one backend at once. */
  concurrency: number
  /** Questions to the platform and to hosts that one backend has open at once; further ones wait. */
  questions: number
  /** After this long without a call the process ends; the next call starts another one. */
  idle: number
}

export const defaultLimits: BackendLimits = {
  time: 5_000,
  startTime: 10_000,
  memory: 128,
  bodyBytes: 1_000_000,
  fetchBytes: 2_000_000,
  concurrency: 16,
  questions: 16,
  idle: 60_000,
}

/** Milliseconds that a call which was told to stop may take to do so, before its process is ended. */
export const graceTime = 250

/** Megabytes that Node itself, buffers and code may take beside the heap. */
export const memoryBesideHeap = 128

/** What the platform reads from one backend in a second, before it lets the backend wait. */
export const channelBudget = { bytes: 16_000_000, messages: 5_000 }

/** Milliseconds before the next start, after so many ends in a row that nobody wished. */
export function restAfter(crashes: number): number {
  return crashes < 2 ? 0 : Math.min(60_000, 1_000 * 2 ** (crashes - 2))
}
