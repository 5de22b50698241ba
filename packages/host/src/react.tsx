import {
  Component,
  type ComponentType,
  createContext,
  memo,
  type ReactNode,
  Suspense,
  useContext,
  useEffect,
  useMemo,
  useSyncExternalStore,
} from 'react'
import type { Contribution } from './contributions.ts'
import { FramedComponent } from './framed-component.tsx'
import type { Host, Plugin } from './host.ts'

const HostContext = createContext<Host | undefined>(undefined)

/** Gives a host to the extension points below it. */
export function HostProvider({ host, children }: { host: Host; children?: ReactNode }) {
  return <HostContext.Provider value={host}>{children}</HostContext.Provider>
}

/** The host of the nearest `<HostProvider>`. */
export function useHost(): Host {
  const host = useContext(HostContext)
  if (!host) throw new Error('Render this inside of <HostProvider host={createHost(…)}>.')
  return host
}

/** The tenant's enabled plugins and how far each has come. */
export function usePlugins(): readonly Plugin[] {
  const host = useHost()
  return useSyncExternalStore(host.subscribe, host.plugins)
}

/** What plugins contribute to an extension point, and whether more is on its way, now and after every change. */
export function useExtensionPoint(name: string): { contributions: readonly Contribution[]; loading: boolean } {
  const host = useHost()
  const contributions = useSyncExternalStore(host.subscribe, () => host.contributions(name))
  const loading = useSyncExternalStore(host.subscribe, () => host.loading(name))
  return { contributions, loading }
}

export interface ExtensionPointProps {
  name: string
  /** Given to every component, over the defaults of its fields. */
  props?: Readonly<Record<string, unknown>>
  /** Shown while something is still on its way. */
  fallback?: ReactNode
}

/** A named place where the components of plugins appear. One that throws is replaced by a line of text, alone. */
export function ExtensionPoint({ name, props, fallback }: ExtensionPointProps) {
  const { contributions, loading } = useExtensionPoint(name)
  return (
    <>
      {contributions.map((contribution) => (
        <PluginComponent key={contribution.key} contribution={contribution} props={props} fallback={fallback} />
      ))}
      {loading && fallback}
    </>
  )
}

export interface PluginComponentProps {
  contribution: Contribution
  props?: Readonly<Record<string, unknown>> | undefined
  /** Shown while the component loads more of itself. */
  fallback?: ReactNode
  /** A component that threw is tried again when this changes, such as a value that somebody corrects. */
  attempt?: string
}

/**
 * One component of a plugin, in the page or in a frame, behind its own error boundary and measured. It renders again for
 * its own changes alone, not whenever a neighbour comes.
 */
export const PluginComponent = memo(function PluginComponent({
  contribution,
  props,
  fallback,
  attempt,
}: PluginComponentProps) {
  const host = useHost()
  const { frame } = contribution
  return (
    <Boundary contribution={contribution} attempt={attempt} host={host}>
      {frame ? (
        <FramedComponent host={host} contribution={contribution} frame={frame} props={props} fallback={fallback} />
      ) : (
        <ComponentInPage contribution={contribution} props={props} fallback={fallback} />
      )}
    </Boundary>
  )
})

function ComponentInPage({ contribution, props, fallback }: PluginComponentProps) {
  // contributionsOf() has checked that it is one.
  const PluginView = contribution.component as ComponentType<Record<string, unknown>>
  // biome-ignore lint/correctness/useExhaustiveDependencies: another component begins anew
  const began = useMemo(() => performance.now(), [contribution.component])
  return (
    <Suspense fallback={fallback}>
      <PluginView {...contribution.defaults} {...props} plexica={contribution.plexica} />
      <Rendered contribution={contribution} began={began} />
    </Suspense>
  )
}

/**
 * Stands after a component, so that React renders it when that one is done, and runs its effect once both stand in the
 * page. What neighbours and React’s commit take is not counted: a plugin is not to blame for it.
 */
function Rendered({ contribution, began }: { contribution: Contribution; began: number }) {
  const host = useHost()
  const took = performance.now() - began
  // biome-ignore lint/correctness/useExhaustiveDependencies: the first time alone
  useEffect(() => host.measured(contribution, took), [contribution.component])
  return null
}

interface BoundaryProps {
  contribution: Contribution
  attempt: string | undefined
  host: Host
  children: ReactNode
}

interface BoundaryState {
  contribution?: Contribution
  attempt?: string | undefined
  broken: boolean
}

class Boundary extends Component<BoundaryProps, BoundaryState> {
  override state: BoundaryState = { broken: false }

  static getDerivedStateFromError(): Partial<BoundaryState> {
    return { broken: true }
  }

  /** Another version or configuration of the component gets another try. */
  static getDerivedStateFromProps(
    { contribution, attempt }: BoundaryProps,
    state: BoundaryState,
  ): BoundaryState | null {
    const same = state.contribution === contribution && state.attempt === attempt
    return same ? null : { contribution, attempt, broken: false }
  }

  override componentDidCatch(thrown: unknown) {
    this.props.host.report(this.props.contribution, thrown)
  }

  override render() {
    const { contribution, children } = this.props
    if (!this.state.broken) return children
    return (
      <p role="status" data-plexica-failed={contribution.key}>
        {contribution.title} from {contribution.pluginName} cannot be shown at the moment.
      </p>
    )
  }
}
