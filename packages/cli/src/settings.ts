import { join } from 'node:path'
import { type Finding, findingsOf } from '@plexica/manifest-schema/validate'
import { readKey, userFolder } from './account/key-file.ts'
import { failure } from './failure.ts'
import { readTextFile } from './read-file.ts'

/** Where a setting may be written, weakest first. A stronger place wins. */
export const sources = ['default', 'plexica.config.json', 'user file', 'login', 'environment', 'option'] as const
export type Source = (typeof sources)[number]

/** A value and the place that it came from, so that `plexica whoami` can say so. */
export interface Setting<Value> {
  readonly value: Value
  readonly from: Source
  /** The file, variable or option itself. */
  readonly where: string
}

export interface Settings {
  /** Without a slash at its end. */
  readonly apiUrl: Setting<string>
  readonly apiKey: Setting<string> | undefined
  readonly tenant: Setting<string> | undefined
  /** Seconds that a plugin's tests may take. */
  readonly testTimeout: Setting<number>
}

export const configFileName = 'plexica.config.json'
const defaults = { apiUrl: 'http://localhost:4873', testTimeout: 300 }
const variables = { apiUrl: 'PLEXICA_API_URL', apiKey: 'PLEXICA_API_KEY', tenant: 'PLEXICA_TENANT' } as const
const optionNames = { apiUrl: '--api-url', apiKey: '--api-key', tenant: '--tenant' } as const

type Env = Readonly<Record<string, string | undefined>>
interface Values {
  apiUrl?: string | undefined
  apiKey?: string | undefined
  tenant?: string | undefined
  testTimeout?: number | undefined
}
interface Layer {
  from: Source
  where: (name: keyof Values) => string
  values: Values
}

/** All settings, merged once. Throws one failure that names every problem of every file. */
export function readSettings(world: { folder: string; env: Env; options?: Values }): Settings {
  const { folder, env, options = {} } = world
  const userFile = join(userFolder(env), 'config.json')
  const findings: Finding[] = []
  const layers: Layer[] = [
    { from: 'default', where: () => 'default', values: defaults },
    {
      from: 'plexica.config.json',
      where: () => configFileName,
      values: readConfigFile(join(folder, configFileName), configFileName, findings),
    },
    { from: 'user file', where: () => userFile, values: readConfigFile(userFile, userFile, findings) },
    { from: 'environment', where: (name) => variableOf(name), values: valuesOfEnv(env) },
    { from: 'option', where: (name) => optionNames[name as keyof typeof optionNames], values: options },
  ]
  if (findings.length > 0) throw failure('settings_invalid', 'The settings have errors.', { findings })

  const apiUrl = cleanUrl(strongest(layers, 'apiUrl') as Setting<string>)
  const stored = readKey(env, apiUrl.value)
  if (stored) layers.splice(3, 0, { from: 'login', where: () => stored.where, values: { apiKey: stored.key } })
  return {
    apiUrl,
    apiKey: strongest(layers, 'apiKey'),
    tenant: strongest(layers, 'tenant'),
    testTimeout: strongest(layers, 'testTimeout') as Setting<number>,
  }
}

function strongest<Name extends keyof Values>(
  layers: readonly Layer[],
  name: Name,
): Setting<NonNullable<Values[Name]>> | undefined {
  const layer = layers.findLast(({ values }) => values[name] !== undefined)
  const value = layer?.values[name]
  return layer && value !== undefined
    ? { value: value as NonNullable<Values[Name]>, from: layer.from, where: layer.where(name) }
    : undefined
}

function variableOf(name: keyof Values): string {
  return variables[name as keyof typeof variables]
}

/** An empty variable counts as not set, as CI systems leave them. */
function valuesOfEnv(env: Env): Values {
  return Object.fromEntries(
    Object.entries(variables).map(([name, variable]) => [name, env[variable]?.trim() || undefined]),
  )
}

function cleanUrl(setting: Setting<string>): Setting<string> {
  const url = URL.parse(setting.value)
  if (url && /^https?:$/.test(url.protocol) && !url.username && !url.search && !url.hash) {
    return { ...setting, value: setting.value.replace(/\/+$/, '') }
  }
  throw failure('settings_invalid', `The registry’s address \`${setting.value}\` (${setting.where}) is not one.`, {
    fix: 'Write an http or https address without user, query or fragment, such as https://plugins.example.com.',
  })
}

const settingRules = {
  'settings-not-json': { severity: 'error', summary: 'A settings file is JSON.', fix: 'Correct the JSON.' },
  'settings-unknown-key': {
    severity: 'error',
    summary: 'A settings file has the keys apiUrl, tenant and testTimeout.',
    fix: 'Remove it; the keys are apiUrl, tenant and testTimeout.',
  },
  'settings-key-in-file': {
    severity: 'error',
    summary: 'A key in a settings file would be published or committed by mistake.',
    fix: 'Remove it from the file, ask for a new key, and run `plexica login` or set PLEXICA_API_KEY.',
  },
  'settings-wrong-type': {
    severity: 'error',
    summary: 'apiUrl and tenant are texts, testTimeout is a number of seconds.',
    fix: 'Correct the value.',
  },
} as const
const settingFinding = findingsOf(settingRules)

function readConfigFile(file: string, path: string, findings: Finding[]): Values {
  const content = readTextFile(file, 64 * 1024)
  if (content === undefined) return {}
  let parsed: unknown
  try {
    parsed = JSON.parse(content)
  } catch (error) {
    findings.push(settingFinding('settings-not-json', `This is not JSON: ${(error as Error).message}.`, { path }))
    return {}
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    findings.push(settingFinding('settings-not-json', 'This is not a JSON object.', { path }))
    return {}
  }
  const types = { apiUrl: 'string', tenant: 'string', testTimeout: 'number' } as Record<string, string>
  for (const [name, value] of Object.entries(parsed)) {
    if (name === '$schema') continue
    if (name === 'apiKey')
      findings.push(settingFinding('settings-key-in-file', 'A key does not belong here.', { path }))
    else if (!(name in types))
      findings.push(settingFinding('settings-unknown-key', `\`${name}\` is unknown.`, { path }))
    else if (typeof value !== types[name] || (typeof value === 'number' && !(value > 0)))
      findings.push(
        settingFinding('settings-wrong-type', `\`${name}\` is not a ${types[name]} that can be used.`, { path }),
      )
  }
  return parsed as Values
}
