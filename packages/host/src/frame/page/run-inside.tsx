import type { sharedModules } from '@plexica/manifest-schema'
import * as react from 'react'
import { Component, type ComponentType, type ReactNode, Suspense } from 'react'
import * as jsxRuntime from 'react/jsx-runtime'
import * as reactDom from 'react-dom'
import * as reactDomClient from 'react-dom/client'
import { messageOf } from '../../host-errors.ts'
import { createPluginApi } from '../../plugin-api.ts'
import { type FrameOrder, type FrameReport, heartbeat, readNews, readOrder } from '../frame-messages.ts'
import { askPage } from './ask-page.ts'
import { closeWaysOut } from './close-ways-out.ts'
import { linkBundle } from './link-bundle.ts'

const shared: Record<(typeof sharedModules)[number], object> = {
  react,
  'react/jsx-runtime': jsxRuntime,
  'react-dom': reactDom,
  'react-dom/client': reactDomClient,
}

type View = ComponentType<Record<string, unknown>>

/** Waits for one bundle, renders one of its components, and says what comes of it. There is no platform behind it. */
export function runInside(): void {
  closeWaysOut()
  // The first message decides: what comes later, also from the plugin itself, is nobody's order.
  window.addEventListener('message', function hear({ data, source, ports: [port] }) {
    const order = source === window.parent ? readOrder(data) : undefined
    if (!order || !port) return
    window.removeEventListener('message', hear)
    void obey(order, port)
  })
}

async function obey(order: FrameOrder, port: MessagePort): Promise<void> {
  const report = (said: FrameReport) => port.postMessage(JSON.stringify(said))
  const threw = (thrown: unknown) => report({ type: 'threw', message: inWords(thrown) })
  window.addEventListener('error', ({ error, message }) => threw(error ?? message))
  window.addEventListener('unhandledrejection', ({ reason }) => threw(reason))
  report({ type: 'alive' })
  setInterval(report, heartbeat, { type: 'alive' })

  const bundle = await linkBundle(
    order.scripts,
    shared,
  )(order.entry).catch((thrown: unknown) => {
    report({ type: 'failed', code: 'bundle_threw', message: inWords(thrown) })
  })
  if (!bundle) return
  const exported = bundle[order.exportName]
  if (isComponent(exported)) show(exported, order, port, report)
  else report({ type: 'failed', code: 'export_missing', message: `it exports no component ${order.exportName}` })
}

function show(PluginView: View, order: FrameOrder, port: MessagePort, report: (said: FrameReport) => void) {
  const { request, settle } = askPage(report)
  const root = reactDomClient.createRoot(document.getElementById('root') ?? document.body)
  const fail = (thrown: unknown) => report({ type: 'failed', code: 'render_failed', message: inWords(thrown) })
  const measure = () => report({ type: 'rendered', height: document.body.scrollHeight })
  const render = ({ props, configuration }: Pick<FrameOrder, 'props' | 'configuration'>) =>
    root.render(
      <Boundary onThrow={fail}>
        <Suspense fallback={null}>
          <PluginView {...props} plexica={createPluginApi(order.tenantId, configuration, request)} />
          <Rendered onRender={measure} />
        </Suspense>
      </Boundary>,
    )
  render(order)
  port.onmessage = ({ data }) => {
    const news = readNews(data)
    if (news?.type === 'update') render(news)
    else if (news) settle(news)
  }
}

/** Tells when what is beside it is no longer waited for, and whenever its size changes. */
function Rendered({ onRender }: { onRender: () => void }) {
  react.useEffect(() => {
    onRender()
    const observer = new ResizeObserver(onRender)
    observer.observe(document.body)
    return () => observer.disconnect()
  }, [onRender])
  return null
}

class Boundary extends Component<{ onThrow: (thrown: unknown) => void; children: ReactNode }, { broken: boolean }> {
  override state = { broken: false }

  static getDerivedStateFromError() {
    return { broken: true }
  }

  override componentDidCatch(thrown: unknown) {
    this.props.onThrow(thrown)
  }

  override render() {
    return this.state.broken ? null : this.props.children
  }
}

function isComponent(value: unknown): value is View {
  return typeof value === 'function' || (typeof value === 'object' && value !== null && '$$typeof' in value)
}

function inWords(thrown: unknown): string {
  return thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : messageOf(thrown)
}
