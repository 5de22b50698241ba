import { pageSize, rowSize } from '../marketplace/marketplace-search.ts'

/** What is asked for as soon as a page is, beside the first script rather than after it has run. */
export interface Preload {
  /** Path of the page, its parameters as the registry's routes write them. */
  readonly path: string
  /** Addresses of the registry that the page asks when it is shown. */
  readonly asks: readonly string[]
  /** The page's own module, where it is not among those that every page has. */
  readonly module?: string
}

/** The pages that people come to from elsewhere. */
export const preloads: readonly Preload[] = [
  {
    path: '/',
    asks: [
      `/api/plugins/search?take=${pageSize}`,
      `/api/plugins/popular?take=${rowSize}`,
      `/api/plugins/trending?take=${rowSize}`,
    ],
  },
  {
    path: '/plugins/:pluginId',
    asks: ['/api/plugins/:pluginId', '/api/plugins/:pluginId/versions/latest'],
    module: 'src/plugin/plugin-detail-page.tsx',
  },
]
