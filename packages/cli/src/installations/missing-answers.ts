import { type Failure, failure } from '../failure.ts'
import type { Setting } from './configuration.ts'

interface Missing {
  readonly settings: readonly Setting[]
  readonly permissions: readonly string[]
  readonly hosts?: readonly string[]
}

/** Everything that only a person can say and that no option says, with the options for it; undefined when nothing is. */
export function missingAnswers(what: string, { settings, permissions, hosts = [] }: Missing): Failure | undefined {
  const secrets = settings.filter(({ property }) => property.secret)
  const plain = settings.filter(({ property }) => !property.secret)
  const missing = [
    ...settings.map(({ name, property }) => `the setting ${name}${property.secret ? ' (secret)' : ''}`),
    ...permissions.map((name) => `the permission ${name}`),
    ...hosts.map((host) => `the host ${host}`),
  ]
  if (missing.length === 0) return undefined
  const options = [
    ...plain.map(({ name }) => `--set ${name}=…`),
    ...(secrets.length > 0 ? [`--config FILE with ${secrets.map(({ name }) => name).join(', ')}`] : []),
    ...permissions.map((name) => `--grant ${name}`),
    ...hosts.map((host) => `--accept-host ${host}`),
  ]
  return failure('answer_missing', `${what} needs ${missing.join(', ')}.`, {
    fix: `There is no terminal to ask on: give ${options.join(', ')}.`,
  })
}
