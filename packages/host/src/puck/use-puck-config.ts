import type { Config, Data } from '@puckeditor/core'
import { useMemo, useState } from 'react'
import { useExtensionPoint } from '../react.tsx'
import { followingRoot } from './follow-config.tsx'
import { pluginTypesIn } from './page-data.ts'
import { puckPoint } from './plugin-item.tsx'
import { puckConfig, type SeenComponents } from './puck-config.ts'

export interface PuckConfigOptions {
  /** The page that is opened or rendered. What is in it of plugins that are not there gets a placeholder. */
  data?: Partial<Data> | undefined
}

/**
 * The platform's config with the components that plugins contribute at the extension point `puck`, for `<Puck>` and
 * `<Render>` inside of a `<HostProvider>`. Keep `base` the same object; the result is the same object until a plugin
 * comes, goes or changes. An open editor follows without losing anything.
 *
 * A plugin's component has the type `pluginId/ComponentName` in page data: of all that a plugin says about itself, its
 * id and the names of its components are what never changes from version to version and is nobody else's.
 */
export function usePuckConfig(base: Config, { data }: PuckConfigOptions = {}): Config {
  const { contributions } = useExtensionPoint(puckPoint)
  const [seen] = useState<SeenComponents>(() => new Map())
  const written = useMemo(() => pluginTypesIn(data), [data])
  const here = useMemo(() => {
    for (const { key, title, pluginName } of contributions) seen.set(key, { title, pluginName })
    return new Set(contributions.map(({ key }) => key))
  }, [contributions, seen])
  const absent = [...new Set([...written, ...seen.keys()])]
    .filter((type) => !here.has(type))
    .sort()
    .join(' ')
  return useMemo(
    () =>
      puckConfig(base, {
        contributions,
        absent: absent === '' ? [] : absent.split(' '),
        seen,
        root: followingRoot(base),
      }),
    [base, contributions, absent, seen],
  )
}
