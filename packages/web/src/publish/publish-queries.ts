import { queryOptions } from '@tanstack/react-query'
import { registry } from '../registry/client.ts'

export const ownPluginsTake = 20

/** Plugins that whoever is signed in manages, published or not. */
export const ownPluginsQuery = (skip: number) =>
  queryOptions({
    queryKey: ['plugins', 'own', skip],
    queryFn: ({ signal }) => registry.listPlugins({ query: { owner: 'me', skip, take: ownPluginsTake }, signal }),
  })

/** Submissions of those plugins that wait for a decision, the oldest first. */
export const waitingQuery = queryOptions({
  queryKey: ['review', 'waiting'],
  queryFn: ({ signal }) => registry.listSubmissions({ query: { take: 100 }, signal }),
})

/** One plugin as those see it who manage it. */
export const managedPluginQuery = (pluginId: string) =>
  queryOptions({
    queryKey: ['plugin', pluginId, 'managed'],
    queryFn: ({ signal }) => registry.getPlugin({ params: { pluginId }, signal }),
  })

export const ownersQuery = (pluginId: string) =>
  queryOptions({
    queryKey: ['plugin', pluginId, 'owners'],
    queryFn: ({ signal }) => registry.listOwners({ params: { pluginId }, signal }),
  })

export const settingsQuery = (pluginId: string) =>
  queryOptions({
    queryKey: ['plugin', pluginId, 'settings'],
    queryFn: ({ signal }) => registry.getPluginSettings({ params: { pluginId }, signal }),
  })

export const trustQuery = (pluginId: string) =>
  queryOptions({
    queryKey: ['plugin', pluginId, 'trusted-publishers'],
    queryFn: ({ signal }) => registry.getTrustedPublishers({ params: { pluginId }, signal }),
  })
