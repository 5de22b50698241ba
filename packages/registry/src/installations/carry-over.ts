import {
  type ConfigProperty,
  type ConfigSchema,
  type Finding,
  findingsOf,
  type RuleTable,
} from '@plexica/manifest-schema'
import { settingsOf } from './changed-settings.ts'
import { isValues, readConfiguration, type Values } from './configuration.ts'
import { type KeepingConfiguration, readKeeping, secretNames } from './kept-secrets.ts'

export const carryOverRules = {
  'configuration-not-carried': {
    severity: 'warning',
    summary: 'A value that the tenant has set does not fit the new version, which goes on with its default or without.',
    fix: 'Give it a value that fits.',
  },
  'configuration-removed': {
    severity: 'info',
    summary: 'A setting that the tenant has set is none of the new version; undoing the update brings it back.',
    fix: 'Nothing has to be done.',
  },
} as const satisfies RuleTable

const finding = findingsOf(carryOverRules)

/** What a tenant has set. */
export interface SetConfiguration {
  readonly plain: Readonly<Values>
  /** Dotted name → value; undefined for one that cannot be opened, which is then kept unseen. */
  readonly secrets: ReadonlyMap<string, string | undefined>
}

/**
 * What becomes of a configuration when the plugin's schema changes: values that still fit stay, defaults fill in, what
 * is given now goes before both. The findings name what is missing, what did not fit and what has no place any more.
 * What was secret never becomes a value that can be read.
 */
export function carryOver(
  before: SetConfiguration,
  schema: ConfigSchema | undefined,
  given: Readonly<Values>,
): { configuration?: KeepingConfiguration; findings: Finding[] } {
  const names = settingNames(schema)
  const secrets = secretNames(schema)
  const carried = pick(schema, before.plain, before.secrets)
  const unseen = [...before.secrets].flatMap(([name, value]) => (value === undefined ? [name] : []))
  const misfits = misfitsOf(schema, carried, { names, kept: new Set(unseen) })
  const sealed = [...before.secrets.keys()].filter((name) => secrets.has(name) && !misfits.has(name))
  const rest = without(carried, new Set([...misfits, ...sealed]))
  const { configuration, findings } = readKeeping(schema, overlay(rest, given), sealed)
  const now = new Set([...plainNames(rest), ...sealed, ...plainNames(given)])
  const lost = [...plainNames(before.plain), ...before.secrets.keys()].filter((name) => !now.has(name))
  return {
    ...(configuration ? { configuration } : {}),
    findings: [...findings, ...lost.map((name) => lossOf(name, names))],
  }
}

function lossOf(name: string, names: ReadonlySet<string>): Finding {
  const path = `configuration.${name}`
  return names.has(name)
    ? finding('configuration-not-carried', `${path} does not fit any more.`, { path })
    : finding('configuration-removed', `${path} is not a setting any more.`, { path })
}

/** Dotted names of all that can be set. */
function settingNames(schema: ConfigSchema | ConfigProperty | undefined, prefix = ''): Set<string> {
  const names = new Set<string>()
  for (const [name, property] of Object.entries(schema?.properties ?? {})) {
    if (property.type !== 'object') names.add(prefix + name)
    for (const inner of settingNames(property, `${prefix}${name}.`)) names.add(inner)
  }
  return names
}

const plainNames = (plain: Readonly<Values>) => settingsOf({ plain, secrets: {} }).keys()

/** What has a place in the schema, secrets among it; a value that was secret only where it stays so. */
function pick(
  schema: ConfigSchema | ConfigProperty | undefined,
  values: Readonly<Values>,
  secrets: SetConfiguration['secrets'],
  prefix = '',
): Values {
  const picked: Values = Object.create(null)
  for (const [name, property] of Object.entries(schema?.properties ?? {})) {
    const dotted = prefix + name
    const value = Object.hasOwn(values, name) ? values[name] : undefined
    if (property.type === 'object') {
      if (isValues(value)) picked[name] = pick(property, value, secrets, `${dotted}.`)
    } else if (secrets.has(dotted)) {
      const opened = secrets.get(dotted)
      if (property.secret && opened !== undefined) picked[name] = opened
    } else if (value !== undefined && !isValues(value)) picked[name] = value
  }
  return picked
}

/** Names of the values that the schema does not take. */
function misfitsOf(
  schema: ConfigSchema | undefined,
  carried: Readonly<Values>,
  { names, kept }: { names: ReadonlySet<string>; kept: ReadonlySet<string> },
): Set<string> {
  const paths = readConfiguration(schema, carried, kept)
    .findings.filter(({ code }) => code === 'configuration-value')
    .map(({ path = '' }) => path.slice('configuration.'.length))
  return new Set([...names].filter((name) => paths.some((path) => path === name || path.startsWith(`${name}.`))))
}

function without(values: Readonly<Values>, names: ReadonlySet<string>, prefix = ''): Values {
  const rest: Values = Object.create(null)
  for (const [name, value] of Object.entries(values)) {
    if (isValues(value)) rest[name] = without(value, names, `${prefix}${name}.`)
    else if (!names.has(prefix + name)) rest[name] = value
  }
  return rest
}

/** Objects are laid over one another setting by setting, everything else whole. */
export function overlay(below: Readonly<Values>, above: Readonly<Values>): Values {
  const values: Values = Object.assign(Object.create(null), below)
  for (const [name, value] of Object.entries(above)) {
    const under = values[name]
    values[name] = isValues(under) && isValues(value) ? overlay(under, value) : value
  }
  return values
}
