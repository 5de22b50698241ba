import type { sharedModules } from '@plexica/manifest-schema'
import * as react from 'react'
import { Component, type ComponentType, type ReactNode, Suspense } from 'react'
import * as jsxRuntime from 'react/jsx-runtime'
import * as reactDom from 'react-dom'
import * as reactDomClient from 'react-dom/client'
import { linkBundle } from './link-bundle.ts'
import { heartbeat, type PreviewOrder, type PreviewReport } from './preview-messages.ts'

// The whole script of a page without an origin: it gets one bundle from the desk, renders one of its components and says
// what came of it. There is no platform behind it.

const shared: Record<(typeof sharedModules)[number], object> = {
  react,
  'react/jsx-runtime': jsxRuntime,
  'react-dom': reactDom,
  'react-dom/client': reactDomClient,
}

// The first message decides: what comes later, also from the plugin itself, is nobody's order.
window.addEventListener(
  'message',
  ({ data, ports: [port] }) => {
    if (port) void obey(data, (report) => port.postMessage(report))
  },
  { once: true },
)

async function obey(order: PreviewOrder, report: (report: PreviewReport) => void): Promise<void> {
  const fail = (thrown: unknown) => report({ type: 'failed', message: messageOf(thrown) })
  window.addEventListener('error', ({ error, message }) => fail(error ?? message))
  window.addEventListener('unhandledrejection', ({ reason }) => fail(reason))
  setInterval(report, heartbeat, { type: 'alive' })
  try {
    const bundle = await linkBundle(order.files, shared)(order.entry)
    const exported = bundle[order.exportName]
    if (!isComponent(exported)) throw new Error(`The bundle exports no component ${order.exportName}.`)
    show(exported, order, report)
  } catch (thrown) {
    fail(thrown)
  }
}

function show(View: ComponentType<Record<string, unknown>>, order: PreviewOrder, report: (r: PreviewReport) => void) {
  const place = document.getElementById('root')
  if (!place) throw new Error('The page has no place for the component.')
  const fail = (thrown: unknown) => report({ type: 'failed', message: messageOf(thrown) })
  const tell = () => report({ type: 'rendered', height: document.documentElement.scrollHeight })
  reactDomClient.createRoot(place).render(
    <Boundary onThrow={fail}>
      <Suspense fallback={null}>
        <View {...order.props} plexica={platformOf(order)} />
        <Rendered onRender={tell} />
      </Suspense>
    </Boundary>,
  )
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

/** What components get as `plexica`: the defaults of the configuration, and no answer to anything. */
function platformOf({ configuration }: PreviewOrder): object {
  const request = async (permission: string) => {
    throw new Error(`A preview has no answer to “${permission}”.`)
  }
  return Object.freeze({ tenantId: 'preview', configuration, request })
}

function isComponent(value: unknown): value is ComponentType<Record<string, unknown>> {
  return typeof value === 'function' || (typeof value === 'object' && value !== null && '$$typeof' in value)
}

function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown)
}
