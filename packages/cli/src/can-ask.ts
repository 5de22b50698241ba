import { isatty } from 'node:tty'
import type { Context } from './context.ts'

/** Whether somebody is there to be asked: a terminal at both ends, no `--json` and no `--non-interactive`. */
export function canAsk({ json }: Context, nonInteractive?: boolean): boolean {
  return !json && !nonInteractive && isatty(0) && isatty(1)
}
