import * as react from 'react'
import * as jsxRuntime from 'react/jsx-runtime'
import * as reactDom from 'react-dom'
import * as reactDomClient from 'react-dom/client'
import { createHost, type Host } from '../../src/index.ts'
import { ExtensionPoint, HostProvider, usePlugins } from '../../src/react.tsx'
import { hostOptions } from './host-options.ts'

declare global {
  /** For the tests. */
  var host: Host
}

globalThis.host = createHost({
  ...hostOptions,
  shared: { react, 'react/jsx-runtime': jsxRuntime, 'react-dom': reactDom, 'react-dom/client': reactDomClient },
})

// The same at every render, so that components do not render again with the page.
const props = { place: 'the dashboard' }
const waiting = <p>Loading…</p>

function Page() {
  const plugins = usePlugins()
  return (
    <>
      <ol>
        {plugins.map(({ id, state }) => (
          <li key={id} data-plugin={id}>
            {state.status}
          </li>
        ))}
      </ol>
      <main>
        <ExtensionPoint name="dashboard.widgets" props={props} fallback={waiting} />
      </main>
      <aside>
        <ExtensionPoint name="checkout.sidebar" />
      </aside>
    </>
  )
}

const container = document.createElement('div')
document.body.append(container)
reactDomClient.createRoot(container).render(
  <HostProvider host={globalThis.host}>
    <Page />
  </HostProvider>,
)
