import { useSyncExternalStore } from 'react'
import type { Plugin } from '../../../packages/host/src/index.ts'
import { useHost, usePlugins } from '../../../packages/host/src/react.tsx'

/** The tenant's plugins and how each stands in this page. */
export function PluginList({ tenant }: { tenant: string }) {
  const host = useHost()
  const plugins = usePlugins()
  const status = useSyncExternalStore(host.subscribe, host.status)
  const problems = plugins.flatMap(problemsOf)
  return (
    <section className="plugins" aria-label="Plugins">
      <div className="plugins-row">
        <h2>Plugins of {tenant}</h2>
        <ul>
          {plugins.map((plugin) => (
            <li key={plugin.id} className={`plugin plugin-${look(plugin)}`}>
              <span className="plugin-dot" aria-hidden="true" />
              <strong>{plugin.name}</strong>
              <span className="plugin-version">{plugin.version}</span>
              <span className="plugin-state">{look(plugin)}</span>
            </li>
          ))}
        </ul>
        {plugins.length === 0 && <p className="plugins-none">{listInWords[status.status]}</p>}
      </div>
      {status.status === 'failed' && (
        <p className="plugins-problem" role="alert">
          The registry’s list is not to be had: {status.reason.message}
        </p>
      )}
      {problems.map((problem) => (
        <p key={problem} className="plugins-problem" role="alert">
          {problem}
        </p>
      ))}
    </section>
  )
}

const listInWords = { loading: 'Asking the registry…', ready: 'None is installed and enabled.', failed: 'Unknown.' }

function look({ state }: Plugin): 'loading' | 'ready' | 'partly' | 'failed' {
  return state.status === 'ready' && state.problems.length > 0 ? 'partly' : state.status
}

function problemsOf({ name, state }: Plugin): string[] {
  if (state.status === 'failed') return [`${name}: ${state.reason.message} ${state.reason.fix}`]
  return state.status === 'ready' ? state.problems.map(({ reason }) => `${name}: ${reason.message}`) : []
}
