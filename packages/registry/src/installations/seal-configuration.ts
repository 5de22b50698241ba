import type { Config } from '../config.ts'
import { RegistryError } from '../http/registry-error.ts'
import type { Configuration } from './configuration.ts'
import { openSecret, type SecretPlace, sealSecret } from './seal-secrets.ts'

export type SecretKeys = Pick<Config, 'secretKey' | 'previousSecretKeys'>
type Owner = Omit<SecretPlace, 'name'>
/** Dotted name → sealed text. */
export type SealedSecrets = Readonly<Record<string, string>>

/** Every key that may open what is sealed. */
export function openingKeys({ secretKey, previousSecretKeys }: SecretKeys): Buffer[] {
  return [...(secretKey ? [secretKey] : []), ...previousSecretKeys]
}

/** Seals the secrets of a configuration, each for its own place, beside those that stay as they are. */
export function sealConfiguration(
  { secretKey }: SecretKeys,
  owner: Owner,
  { secrets, kept = [] }: Configuration & { readonly kept?: readonly string[] },
  before: SealedSecrets = {},
): SealedSecrets {
  const staying = Object.entries(before).filter(([name]) => kept.includes(name))
  if (secrets.size === 0) return Object.fromEntries(staying)
  if (!secretKey) {
    const names = [...secrets.keys()].join(', ')
    throw new RegistryError('secrets_unavailable', `The registry has no key to seal ${names} with.`)
  }
  const sealed = [...secrets].map(([name, value]) => [name, sealSecret(secretKey, { ...owner, name }, value)] as const)
  return Object.fromEntries([...staying, ...sealed].sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** The values of sealed secrets; undefined for those that no key of this registry opens. */
export function openConfiguration(
  keys: SecretKeys,
  owner: Owner,
  sealed: SealedSecrets,
): Map<string, string | undefined> {
  const all = openingKeys(keys)
  const open = (name: string, text: string) => {
    try {
      return openSecret(all, { ...owner, name }, text)
    } catch {
      return undefined
    }
  }
  return new Map(Object.entries(sealed).map(([name, text]) => [name, open(name, text)]))
}
