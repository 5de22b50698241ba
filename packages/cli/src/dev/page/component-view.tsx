import { Component, type ComponentType, type ReactNode, Suspense } from 'react'
import type { PreviewComponent } from '../preview.ts'

export interface PluginApi {
  readonly tenantId: string
  readonly configuration: Readonly<Record<string, unknown>>
  readonly request: (permission: string) => Promise<unknown>
}

export interface ComponentViewProps {
  about: PreviewComponent
  module: Readonly<Record<string, unknown>>
  plexica: PluginApi
}

/** One component with the properties that it starts with. */
export function ComponentView({ about, module, plexica }: ComponentViewProps) {
  const { title, extensionPoint, properties } = about
  return (
    <section aria-label={title}>
      <h2>
        {title} <span className="place">{extensionPoint}</span>
      </h2>
      <div className="stage">
        <Boundary>
          <Suspense fallback={<p>Loading…</p>}>
            <Exported about={about} module={module} plexica={plexica} />
          </Suspense>
        </Boundary>
      </div>
      <Json title="Properties" value={properties} />
    </section>
  )
}

function Exported({ about, module, plexica }: ComponentViewProps) {
  const View = module[about.export]
  const usable = typeof View === 'function' || (typeof View === 'object' && View !== null && '$$typeof' in View)
  if (!usable) throw new Error(`The bundle exports no component “${about.export}”, which the manifest names.`)
  // React looks at the rest itself.
  const Plugin = View as ComponentType<Record<string, unknown>>
  return <Plugin {...about.properties} plexica={plexica} />
}

/** Values as they are in the manifest. */
export function Json({ title, value }: { title: string; value: unknown }) {
  return (
    <details>
      <summary>{title}</summary>
      <pre>{JSON.stringify(value, null, 2)}</pre>
    </details>
  )
}

/** A component that throws is replaced by its message, alone. */
class Boundary extends Component<{ children: ReactNode }, { thrown?: unknown }> {
  override state: { thrown?: unknown } = {}

  static getDerivedStateFromError(thrown: unknown) {
    return { thrown }
  }

  override render() {
    const { thrown } = this.state
    if (thrown === undefined) return this.props.children
    return <p role="alert">It stopped: {thrown instanceof Error ? thrown.message : String(thrown)}</p>
  }
}
