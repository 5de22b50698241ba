import type { Finding } from '@plexica/manifest-schema/validate'
import { type ExitCode, exitCodes } from './exit-codes.ts'

interface FailureRow {
  readonly exit: ExitCode
  /** What to do next; whoever raises the failure may give something more exact. */
  readonly fix: string
}

/** Every way in which this program gives up by itself. What the registry answers has its own codes, see `api-failure.ts`. */
export const failures = {
  usage_invalid: { exit: exitCodes.usage, fix: 'Run the command with --help to see what it takes.' },
  answer_missing: { exit: exitCodes.usage, fix: 'Give the answer as an option; there is no terminal to ask on.' },
  settings_invalid: { exit: exitCodes.usage, fix: 'Correct the settings named in the findings.' },
  folder_missing: { exit: exitCodes.usage, fix: 'Name the folder of a plugin, or run the command in it.' },
  folder_taken: { exit: exitCodes.usage, fix: 'Choose another folder; nothing was overwritten.' },
  port_taken: { exit: exitCodes.usage, fix: 'Give another with --port, or `--port 0` for any that is free.' },
  watch_impossible: {
    exit: exitCodes.fault,
    fix: 'Let the system watch more files; on Linux raise fs.inotify.max_user_watches and max_user_instances.',
  },
  file_unusable: {
    exit: exitCodes.invalid,
    fix: 'Make the file usable or choose another place, then run the command again.',
  },
  plugin_invalid: { exit: exitCodes.invalid, fix: 'Mend the errors and run the command again.' },
  package_refused: { exit: exitCodes.invalid, fix: 'Mend the errors and run the command again.' },
  incompatible: { exit: exitCodes.invalid, fix: 'The findings say why; choose another version.' },
  build_failed: { exit: exitCodes.buildOrTests, fix: 'Mend the errors and run the command again.' },
  tests_failed: {
    exit: exitCodes.buildOrTests,
    fix: 'Mend the tests; `--skip-tests` publishes without them.',
  },
  tests_timed_out: {
    exit: exitCodes.buildOrTests,
    fix: 'End what keeps the tests running, or raise `testTimeout` (seconds) in plexica.config.json.',
  },
  key_missing: {
    exit: exitCodes.notAllowed,
    fix: 'Run `plexica login`, set PLEXICA_API_KEY or give --api-key.',
  },
  pipeline_token_missing: {
    exit: exitCodes.unreachable,
    fix: 'Run the job again; if it stays, set PLEXICA_API_KEY from a secret.',
  },
  registry_timeout: {
    exit: exitCodes.unreachable,
    fix: 'Check the registry and the network, then run the same command again: it continues where this one ended.',
  },
  answer_damaged: {
    exit: exitCodes.unreachable,
    fix: 'Run the same command again; if it stays, something between you and the registry changes the bytes.',
  },
  submission_rejected: {
    exit: exitCodes.rejected,
    fix: 'Mend what the reason names and publish again; the version number may stay.',
  },
  submission_not_found: { exit: exitCodes.invalid, fix: '`plexica review list` shows the submissions.' },
  submission_replaced: {
    exit: exitCodes.conflict,
    fix: 'Other bytes were published under this version meanwhile; look with `plexica status`.',
  },
  wait_timed_out: {
    exit: exitCodes.timedOut,
    fix: 'The submission stays in the queue: run the same command again, or look with `plexica status`.',
  },
  interrupted: { exit: exitCodes.interrupted, fix: 'Run the same command again; nothing was left half done.' },
  fault: {
    exit: exitCodes.fault,
    fix: 'This is a fault of plexica itself. PLEXICA_DEBUG=1 shows where; please report it.',
  },
} as const satisfies Record<string, FailureRow>

export type FailureCode = keyof typeof failures

/** A run that ended without its result. `main.ts` prints it and exits with its code. */
export class Failure extends Error {
  override readonly name = 'Failure'
  readonly code: string
  readonly exit: ExitCode
  readonly fix: string
  readonly findings: readonly Finding[]
  /** The end of what another program wrote, when the failure is about that one. For people, not for `--json`. */
  readonly output: string | undefined

  constructor(problem: {
    code: string
    message: string
    exit: ExitCode
    fix: string
    findings?: readonly Finding[] | undefined
    output?: string | undefined
    cause?: unknown
  }) {
    super(problem.message, { cause: problem.cause })
    this.code = problem.code
    this.exit = problem.exit
    this.fix = problem.fix
    this.findings = problem.findings ?? []
    this.output = problem.output
  }
}

export function failure(
  code: FailureCode,
  message: string,
  more: {
    fix?: string | undefined
    findings?: readonly Finding[] | undefined
    output?: string | undefined
    cause?: unknown
  } = {},
): Failure {
  const row = failures[code]
  const { fix = row.fix, ...rest } = more
  return new Failure({ code, message, exit: row.exit, fix, ...rest })
}
