import type { Installation } from '@plexica/api'
import { type ConfigSchema, type Finding, findingsOf, type RuleTable } from '@plexica/manifest-schema'
import type { InstallationRow } from '../db/tables.ts'
import { carryOver, overlay } from './carry-over.ts'
import { settingsOf } from './changed-settings.ts'
import { readConfiguration, type Values } from './configuration.ts'
import { secretNames } from './kept-secrets.ts'

export const experimentRules = {
  'experiment-secret': {
    severity: 'error',
    summary: 'A secret value in the configuration that an experiment tries: secrets are the same for all visitors.',
    fix: 'Leave it out; change it in the configuration itself.',
  },
  'experiment-ended': {
    severity: 'warning',
    summary: 'The configuration that an experiment tried does not fit the version to which the plugin was changed.',
    fix: 'Begin another experiment with values that fit.',
  },
} as const satisfies RuleTable

const finding = findingsOf(experimentRules)

/** An experiment as an installation keeps it. */
export type KeptExperiment = NonNullable<Installation['experiment']>

/**
 * Checks the configuration that an experiment is to try, as the configuration itself is checked. All problems come at
 * once, none with a value.
 * @param sealed names of the secrets that the installation has, which are those of the experiment too.
 */
export function readExperiment(
  schema: ConfigSchema | undefined,
  given: Readonly<Values>,
  sealed: readonly string[],
): { configuration?: Readonly<Values>; findings: Finding[] } {
  const secrets = secretNames(schema)
  const told = [...settingsOf({ plain: given, secrets: {} }).keys()].filter((name) => secrets.has(name))
  const { configuration, findings } = readConfiguration(schema, given, new Set([...sealed, ...told]))
  const refused = told.map((name) => {
    const path = `configuration.${name}`
    return finding('experiment-secret', `${path} is secret, and the same for all visitors.`, { path })
  })
  if (!configuration || refused.length > 0) return { findings: [...refused, ...findings] }
  return { configuration: configuration.plain, findings: [] }
}

/**
 * What becomes of an installation's experiment when the plugin changes to a version with this schema: what it tries is
 * carried over as the configuration is, what was given with the change filling in. Where that does not fit, it ends with
 * a warning.
 * @param sealed names of the secrets that the installation has after the change, which are those of the experiment too.
 */
export function carriedExperiment(
  row: Pick<InstallationRow, 'experiment'>,
  schema: ConfigSchema | undefined,
  sealed: readonly string[],
  given: Readonly<Values> = {},
): { experiment: string | null; findings: Finding[] } {
  const running = experimentOf(row)
  if (!running) return { experiment: null, findings: [] }
  const secrets = new Map(sealed.map((name) => [name, undefined]))
  const { configuration } = carryOver({ plain: overlay(given, running.configuration), secrets }, schema, {})
  if (!configuration) {
    const message = 'The experiment has ended: what it tried does not fit this version.'
    return { experiment: null, findings: [finding('experiment-ended', message)] }
  }
  return { experiment: JSON.stringify({ ...running, configuration: configuration.plain }), findings: [] }
}

/** The experiment that an installation's row keeps; null while none runs. */
export function experimentOf({ experiment }: Pick<InstallationRow, 'experiment'>): KeptExperiment | null {
  return experiment === null ? null : JSON.parse(experiment)
}
