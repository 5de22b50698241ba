import type { Config, Data } from '@puckeditor/core'
import { useMemo } from 'react'
import { useExtensionPoint } from '../react.tsx'
import { pluginTypesIn } from './page-data.ts'
import { puckPoint, shownViewOf } from './plugin-item.tsx'
import { slotFields } from './slot-fields.ts'

/**
 * The platform's config with the components of plugins, for pages that are shown and not edited: `<Render>` of
 * `@puckeditor/core/rsc` inside of a `<HostProvider>`. It brings nothing of the editor. Keep `base` the same object.
 *
 * @param data The page. What is in it of plugins that are not there shows nothing, and shows again when they return.
 */
export function usePageConfig(base: Config, data: Partial<Data> | undefined): Config {
  const { contributions } = useExtensionPoint(puckPoint)
  return useMemo(() => {
    const fields = new Map(contributions.map((contribution) => [contribution.key, contribution.fields]))
    const components = [...new Set([...fields.keys(), ...pluginTypesIn(data)])].map((type) => [
      type,
      { fields: slotFields(fields.get(type) ?? {}), render: shownViewOf(type) },
    ])
    return { ...base, components: { ...Object.fromEntries(components), ...base.components } }
  }, [base, contributions, data])
}
