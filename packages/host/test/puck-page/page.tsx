import { type Config, type Data, Puck } from '@puckeditor/core'
import { Render } from '@puckeditor/core/rsc'
import * as react from 'react'
import * as jsxRuntime from 'react/jsx-runtime'
import * as reactDom from 'react-dom'
import * as reactDomClient from 'react-dom/client'
import { createHost, type Host } from '../../src/index.ts'
import { migratePageData, usePuckConfig } from '../../src/puck/index.ts'
import { usePageConfig } from '../../src/puck/use-page-config.ts'
import { HostProvider, useExtensionPoint } from '../../src/react.tsx'

/** What the tests look at. */
interface PuckPage {
  /** As the page was opened, then as the editor says after each change. */
  data: Data
  /** How often the editor was mounted. */
  mounts: number
  /** How often the config was another object. */
  configs: number
  migrated: Data
  config: Config
}

declare global {
  var host: Host
  var puckPage: PuckPage
}

const settings = new URLSearchParams(location.search)
globalThis.host = createHost({
  registry: settings.get('registry') ?? '',
  tenant: settings.get('tenant') ?? '',
  token: settings.get('token') ?? undefined,
  shared: { react, 'react/jsx-runtime': jsxRuntime, 'react-dom': reactDom, 'react-dom/client': reactDomClient },
})

const base: Config = {
  components: {
    Heading: {
      label: 'Heading',
      fields: { text: { type: 'text', label: 'Text' } },
      defaultProps: { text: 'A heading' },
      render: ({ text }) => <h2>{text}</h2>,
    },
    Box: {
      fields: { items: { type: 'slot' } },
      render: ({ items: Items }) => <Items />,
    },
  },
}

const opened: Data = { root: { props: {} }, content: [], ...JSON.parse(settings.get('data') ?? '{}') }
globalThis.puckPage = { data: opened, mounts: 0, configs: 0, migrated: opened, config: base }

function Mounted() {
  react.useEffect(() => {
    globalThis.puckPage.mounts++
  }, [])
  return null
}

function Page() {
  const config = usePuckConfig(base, { data: opened })
  const { contributions } = useExtensionPoint('puck')
  globalThis.puckPage.migrated = migratePageData(opened, contributions)
  react.useEffect(() => {
    globalThis.puckPage.config = config
    globalThis.puckPage.configs++
  }, [config])
  return (
    <>
      <Puck
        config={config}
        data={opened}
        iframe={{ enabled: settings.has('iframe') }}
        onChange={(data) => {
          globalThis.puckPage.data = data
        }}
      />
      <Mounted />
    </>
  )
}

function Visitor() {
  return <Render config={usePageConfig(base, opened)} data={opened} />
}

const container = document.createElement('div')
document.body.append(container)
reactDomClient
  .createRoot(container)
  .render(<HostProvider host={globalThis.host}>{settings.has('visitor') ? <Visitor /> : <Page />}</HostProvider>)
