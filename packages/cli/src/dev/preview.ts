import { createHash } from 'node:crypto'
import { fieldDefaults } from '@plexica/manifest-schema/field-defaults'
import type { ConfigProperty, ConfigSchema, Finding, Manifest } from '@plexica/manifest-schema/validate'
import { settingsOf, type Values, withValue } from '../installations/configuration.ts'
import type { Bundle } from './rebuild.ts'

/** What the page shows. */
export interface Preview {
  /** The same for the same source, so that a page knows whether it is the latest. */
  readonly build: string
  readonly name: string
  readonly version: string
  readonly components: readonly PreviewComponent[]
  /** Defaults of the plugin's `configSchema`. */
  readonly configuration: Values
  /** Address of the bundle; null for a plugin without a frontend. */
  readonly bundle: string | null
}

export interface PreviewComponent {
  readonly name: string
  readonly title: string
  readonly export: string
  readonly extensionPoint: string
  readonly properties: Readonly<Record<string, unknown>>
}

/** What the page is told after each build: which is the last good one, and what is wrong now. */
export interface PreviewState {
  readonly build: string | null
  /** Errors and warnings; with an error among them the last build is not the latest source. */
  readonly findings: readonly Finding[]
}

export function previewOf(manifest: Manifest, bundle: Bundle | undefined): Preview {
  const { name, version, components = [], configSchema } = manifest
  const shown = {
    name,
    version,
    components: components.map(({ fields, ...component }) => ({
      name: component.name,
      title: component.title ?? component.name,
      export: component.export,
      extensionPoint: component.extensionPoint,
      properties: fieldDefaults(fields),
    })),
    configuration: configurationDefaults(configSchema),
    bundle: bundle ? `/bundle/${bundle.digest}/bundle.js` : null,
  }
  const build = createHash('sha256').update(JSON.stringify(shown)).digest('hex').slice(0, 16)
  return { build, ...shown }
}

/** What a tenant has that fills in nothing. */
function configurationDefaults(schema: ConfigSchema | undefined): Values {
  const isShown = ({ secret, default: value }: ConfigProperty) => !secret && value !== undefined
  return settingsOf(schema)
    .filter(({ property }) => isShown(property))
    .reduce<Values>((values, { path, property }) => withValue(values, path, property.default), {})
}
