import type { Console } from './console.ts'
import type { Output } from './output.ts'

/** What the process hands in. Nothing else in this package reads `process` for it. */
export interface World {
  readonly argv: readonly string[]
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** Opened only by whoever reads it: an open stdin keeps the process waiting. */
  readonly stdin: () => NodeJS.ReadStream
  readonly stdout: Output
  readonly stderr: Output
  /** Aborted by the first SIGINT or SIGTERM. */
  readonly signal: AbortSignal
}

/** What every command's code gets beside its input. */
export interface Context extends World {
  readonly console: Console
  /** Whether the answer is to be one JSON object. */
  readonly json: boolean
}
