import type { Plugin } from '@plexica/host'
import { useHost, usePlugins } from '@plexica/host/react'
import { useSyncExternalStore } from 'react'

/** The tenant's plugins, how each stands in this page, and where to change that. */
export function PluginList({ registry, tenant }: { registry: string; tenant: string }) {
  const host = useHost()
  const plugins = usePlugins()
  const status = useSyncExternalStore(host.subscribe, host.status)
  return (
    <section className="card plugins" aria-labelledby="plugins-title">
      <div className="plugins-head">
        <h2 id="plugins-title">Plugins of {tenant}</h2>
        <a href={`${registry}/`}>Find more in the marketplace</a>
      </div>
      {status.status === 'failed' && (
        <p className="plugin-problem" role="alert">
          The registry’s list is not to be had: {status.reason.message}
        </p>
      )}
      {plugins.length === 0 && <p className="muted">{listInWords[status.status]}</p>}
      <ul>
        {plugins.map((plugin) => (
          <li key={plugin.id} className={`plugin plugin-${look(plugin)}`}>
            <span className="plugin-dot" aria-hidden="true" />
            <a href={`${registry}/my-plugins/${plugin.id}`}>{plugin.name}</a>
            <span className="plugin-version">{plugin.version}</span>
            <span className="plugin-state">{look(plugin)}</span>
            {problemsOf(plugin).map((problem) => (
              <p key={problem} className="plugin-problem">
                {problem}
              </p>
            ))}
          </li>
        ))}
      </ul>
    </section>
  )
}

const listInWords = { loading: 'Asking the registry…', ready: 'None is installed and enabled.', failed: 'Unknown.' }

function look({ state }: Plugin): 'loading' | 'ready' | 'partly' | 'failed' {
  return state.status === 'ready' && state.problems.length > 0 ? 'partly' : state.status
}

function problemsOf({ state }: Plugin): string[] {
  if (state.status === 'failed') return [`${state.reason.message} ${state.reason.fix}`]
  return state.status === 'ready' ? state.problems.map(({ reason }) => reason.message) : []
}
