import type { ComponentConfig, Config } from '@puckeditor/core'
import type { Contribution } from '../contributions.ts'
import { absentFields, componentConfig } from './component-config.ts'
import { categoryPrefix, hiddenCategory, slotsOf } from './editor-state.ts'
import type { AbsentComponent } from './plugin-item.tsx'
import { viewOf } from './plugin-view.tsx'

/** Type → what was ever known of it, while the editor is open. */
export type SeenComponents = Map<string, AbsentComponent & { readonly title: string }>

export interface PuckParts {
  contributions: readonly Contribution[]
  /** Types in page data whose plugin is not there. */
  absent: readonly string[]
  seen: SeenComponents
  root: Config['root']
}

/** The platform's config with a component for each contribution, by plugin, and a placeholder for each absent one. */
export function puckConfig(base: Config, { contributions, absent, seen, root }: PuckParts): Config {
  const categories: NonNullable<Config['categories']> = { ...base.categories, other: base.categories?.other ?? {} }
  for (const { pluginId, pluginName, key } of contributions) {
    const name = categoryPrefix + pluginId
    const components = [...(categories[name]?.components ?? []), key]
    categories[name] = { title: pluginName, components }
  }
  categories[hiddenCategory] = { title: slotsOf(contributions), components: [...absent], visible: false }
  const components = Object.fromEntries([
    ...contributions.map((contribution) => [contribution.key, componentConfig(contribution)]),
    ...absent.map((type) => [type, absentConfig(type, seen)]),
  ])
  return { ...base, ...(root && { root }), categories, components: { ...components, ...base.components } }
}

function absentConfig(type: string, seen: SeenComponents): ComponentConfig {
  const [pluginId = type, name = type] = type.split('/')
  const { title, pluginName } = seen.get(type) ?? { title: name, pluginName: pluginId }
  return {
    label: `${title} (not active)`,
    render: viewOf(type),
    resolveFields: (item) => absentFields(item.props),
    // A copy would have the ids of what is in its slots a second time.
    permissions: { edit: false, insert: false, duplicate: false },
    metadata: { plexica: { pluginName } satisfies AbsentComponent },
  }
}
