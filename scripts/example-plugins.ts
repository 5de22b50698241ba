import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

export const examples = join(import.meta.dirname, '../examples')

/** Folders of the examples that are plugins; the storefront is the platform that has them. */
export function examplePlugins(): string[] {
  return readdirSync(examples).filter((name) => existsSync(join(examples, name, 'manifest.json')))
}
