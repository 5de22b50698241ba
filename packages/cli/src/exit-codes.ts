/** What the shell and CI see. The documentation's table is made from this. */
export const exitCodes = {
  done: 0,
  /** A fault of this program itself. */
  fault: 1,
  usage: 2,
  invalid: 3,
  notAllowed: 4,
  conflict: 5,
  rejected: 6,
  unreachable: 7,
  timedOut: 8,
  buildOrTests: 9,
  interrupted: 130,
} as const
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]
