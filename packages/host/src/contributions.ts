import type { Component, Field } from '@plexica/manifest-schema'
import { fieldDefaults } from '@plexica/manifest-schema/field-defaults'
import type { FrameOfPlugin, FrameSource } from './frame.ts'
import { HostError } from './host-errors.ts'
import type { PluginApi } from './plugin-api.ts'
import type { ComponentProblem } from './plugin-state.ts'

/** A component of a plugin, ready to be rendered at an extension point. */
export interface Contribution {
  /** `pluginId/component`, unique in the page. */
  readonly key: string
  readonly pluginId: string
  readonly pluginName: string
  /** Name of the component in the manifest. */
  readonly name: string
  readonly title: string
  readonly extensionPoint: string
  /** A React component; unknown here, so that the core knows nothing of React. Undefined for one that runs in a frame. */
  readonly component: unknown
  /** Where it runs when that is not the page: then nothing of its bundle was imported. */
  readonly frame?: FrameSource
  readonly fields: Readonly<Record<string, Field>>
  /** Fields of earlier versions that are gone on purpose. */
  readonly removedFields: readonly string[]
  /** Address of the bundle, beside which the package's `assets/` stand; undefined for a plugin without one. */
  readonly bundleUrl: string | undefined
  /** What the fields start with, given as props. */
  readonly defaults: Readonly<Record<string, unknown>>
  /** Given as the prop `plexica`. */
  readonly plexica: PluginApi
}

export interface PluginModule {
  readonly [name: string]: unknown
}

/**
 * What a loaded bundle contributes, in the manifest's order, and the components that it lacks.
 *
 * @param frame Of a plugin that runs in frames: what its bundle exports is found out there.
 */
export function contributionsOf(
  plugin: {
    pluginId: string
    name: string
    components: readonly Component[]
    bundle?: { readonly url: string } | null
  },
  module: PluginModule,
  plexica: PluginApi,
  frame?: FrameOfPlugin,
): { contributions: Contribution[]; problems: ComponentProblem[] } {
  const contributions: Contribution[] = []
  const problems: ComponentProblem[] = []
  for (const { name, title, export: exported, extensionPoint, fields = {}, removedFields = [] } of plugin.components) {
    const component = Object.hasOwn(module, exported) ? module[exported] : undefined
    if (frame || isComponent(component)) {
      contributions.push({
        key: `${plugin.pluginId}/${name}`,
        pluginId: plugin.pluginId,
        pluginName: plugin.name,
        name,
        title: title ?? name,
        extensionPoint,
        component: frame ? undefined : component,
        ...(frame ? { frame: { ...frame, exportName: exported } } : {}),
        fields,
        removedFields,
        bundleUrl: plugin.bundle?.url,
        defaults: fieldDefaults(fields),
        plexica,
      })
    } else {
      const message = `The bundle of ${plugin.pluginId} exports no component “${exported}”, which its manifest names.`
      problems.push({ component: name, reason: new HostError('export_missing', message) })
    }
  }
  return { contributions, problems }
}

/** A function or class, or what React's `memo`, `forwardRef` and `lazy` make. */
function isComponent(value: unknown): boolean {
  return typeof value === 'function' || (typeof value === 'object' && value !== null && '$$typeof' in value)
}

export type Contributions = ReadonlyMap<string, readonly Contribution[]>

/**
 * Extension point → contributions, by plugin id and then in the manifest's order, so that a page looks the same
 * whichever bundle came first. A list without a change is the one of `before`, so that nothing renders for it.
 */
export function byExtensionPoint(
  plugins: ReadonlyMap<string, readonly Contribution[]>,
  before: Contributions = new Map(),
): Contributions {
  const points = new Map<string, Contribution[]>()
  for (const pluginId of [...plugins.keys()].sort()) {
    for (const contribution of plugins.get(pluginId) ?? []) {
      const list = points.get(contribution.extensionPoint)
      if (list) list.push(contribution)
      else points.set(contribution.extensionPoint, [contribution])
    }
  }
  return new Map([...points].map(([point, list]) => [point, unchanged(before.get(point), list) ?? list]))
}

function unchanged(before: readonly Contribution[] | undefined, list: readonly Contribution[]) {
  return before?.length === list.length && before.every((item, index) => item === list[index]) ? before : undefined
}
