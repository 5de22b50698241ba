import { createHost } from '@plexica/host'
import { HostProvider } from '@plexica/host/react'
import { shareModules } from '@plexica/host/shared-react'
import * as react from 'react'
import * as jsxRuntime from 'react/jsx-runtime'
import * as reactDom from 'react-dom'
import * as reactDomClient from 'react-dom/client'
import type { PageSettings } from './page-settings.ts'
import { createPageToken } from './page-token.ts'
import { createPlatformApi } from './platform-api.ts'
import { createShopApi, type ShopApi } from './shop-api.ts'

/** What every page is given. */
export interface PageProps {
  settings: PageSettings
  shop: ShopApi
}

/** Starts the host and renders a page inside of it: all that a page needs to have plugins. */
export function startPage(Page: react.ComponentType<PageProps>): void {
  shareModules({
    react,
    'react/jsx-runtime': jsxRuntime,
    'react-dom': reactDom,
    'react-dom/client': reactDomClient,
  })
  const settings: PageSettings = JSON.parse(document.getElementById('settings')?.textContent ?? '{}')
  const { registry, tenant } = settings
  const token = createPageToken(settings)
  const shop = createShopApi(token)
  const host = createHost({ registry, tenant, token, api: createPlatformApi(shop) })

  const container = document.getElementById('page')
  if (!container) return
  reactDomClient.createRoot(container).render(
    <HostProvider host={host}>
      <Page settings={settings} shop={shop} />
    </HostProvider>,
  )
}
