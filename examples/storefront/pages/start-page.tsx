import { createHost } from '@plexica/host'
import { HostProvider } from '@plexica/host/react'
import * as react from 'react'
import * as jsxRuntime from 'react/jsx-runtime'
import * as reactDom from 'react-dom'
import * as reactDomClient from 'react-dom/client'
import type { PageSettings } from './page-settings.ts'
import { createPageToken } from './page-token.ts'
import { createPlatformApi } from './platform-api.ts'
import { createShopApi, type ShopApi } from './shop-api.ts'

/** Plugins get the page's React, so that there is one of it; `server/build-pages.ts` makes the other half. */
const shared = {
  react,
  'react/jsx-runtime': jsxRuntime,
  'react-dom': reactDom,
  'react-dom/client': reactDomClient,
}

/** What every page is given. */
export interface PageProps {
  settings: PageSettings
  shop: ShopApi
}

/** Starts the host and renders a page inside of it: all that a page needs to have plugins. */
export function startPage(Page: react.ComponentType<PageProps>): void {
  const settings: PageSettings = JSON.parse(document.getElementById('settings')?.textContent ?? '{}')
  const { registry, tenant, visitor } = settings
  const token = createPageToken(settings)
  const shop = createShopApi(token)
  const host = createHost({ registry, tenant, token, visitor, shared, api: createPlatformApi(shop) })

  const container = document.getElementById('page')
  if (!container) return
  reactDomClient.createRoot(container).render(
    <HostProvider host={host}>
      <Page settings={settings} shop={shop} />
    </HostProvider>,
  )
}
