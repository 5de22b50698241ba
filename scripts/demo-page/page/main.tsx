import * as react from 'react'
import * as jsxRuntime from 'react/jsx-runtime'
import * as reactDom from 'react-dom'
import * as reactDomClient from 'react-dom/client'
import { createHost } from '../../../packages/host/src/index.ts'
import { HostProvider } from '../../../packages/host/src/react.tsx'
import { shareModules } from '../../../packages/host/src/shared-modules.ts'
import { platformApi } from './platform-api.ts'
import { refreshOften } from './refresh-often.ts'
import { Shop } from './shop.tsx'

shareModules({
  react,
  'react/jsx-runtime': jsxRuntime,
  'react-dom': reactDom,
  'react-dom/client': reactDomClient,
})

function textOf(id: string): string {
  return document.getElementById(id)?.textContent ?? ''
}

const { registry, tenant, token }: { registry: string; tenant: string; token: string } = JSON.parse(textOf('settings'))
const host = createHost({ registry, tenant, token, api: platformApi })
refreshOften(host)

const container = document.getElementById('shop')
if (container) {
  reactDomClient.createRoot(container).render(
    <HostProvider host={host}>
      <Shop tenant={tenant} />
    </HostProvider>,
  )
}
