import type { VersionDetail } from '@plexica/api'
import type { Field } from '@plexica/manifest-schema'

/** What a preview shows. */
export interface PreviewOrder {
  /** Scripts of the bundle: path in the package → text. */
  readonly files: Readonly<Record<string, string>>
  readonly entry: string
  /** Name that the bundle exports the component under. */
  readonly exportName: string
  readonly props: Readonly<Record<string, unknown>>
  readonly configuration: Readonly<Record<string, unknown>>
}

/** Where a script of a submission stands to itself: it is published nowhere yet. */
export function previewAddress(path: string): string {
  return new URL(path, 'https://plugin.invalid/').href
}

/** Scripts of a bundle that a preview asks for. */
export const mostScripts = 60

/** The scripts that a component's module may import, those of the server and source maps left out. */
export function scriptsOf({ files, manifest }: Pick<VersionDetail, 'files' | 'manifest'>): string[] {
  return files
    .map(({ path }) => path)
    .filter((path) => /^dist\/.*\.m?js$/.test(path) && path !== manifest.backend?.entry && path !== 'dist/backend.mjs')
}

/** The props that a component starts with: the declared default of each field, and those inside of an object field. */
export function fieldDefaults(fields: Readonly<Record<string, Field>> = {}): Record<string, unknown> {
  const defaults = Object.entries(fields).flatMap(([name, field]): [string, unknown][] => {
    if (field.default !== undefined) return [[name, field.default]]
    if (field.type === 'object') return [[name, fieldDefaults(field.fields)]]
    return field.type === 'array' ? [[name, []]] : []
  })
  return Object.fromEntries(defaults)
}

/** The configuration of a tenant that has changed nothing. */
export function configurationDefaults({ configSchema }: VersionDetail['manifest']): Record<string, unknown> {
  const properties = Object.entries(configSchema?.properties ?? {})
  return Object.fromEntries(
    properties.flatMap(([name, { default: value }]) => (value === undefined ? [] : [[name, value]])),
  )
}
