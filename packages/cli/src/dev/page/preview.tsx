import type { Finding } from '@plexica/manifest-schema'
import * as react from 'react'
import * as jsxRuntime from 'react/jsx-runtime'
import * as reactDom from 'react-dom'
import * as reactDomClient from 'react-dom/client'
import type { Preview, PreviewState } from '../preview.ts'
import { ComponentView, Json, type PluginApi } from './component-view.tsx'
import { showProblems } from './problems.ts'

// What the modules of the import map hand to the bundle.
Object.assign(globalThis, {
  __plexica__: {
    react,
    'react/jsx-runtime': jsxRuntime,
    'react-dom': reactDom,
    'react-dom/client': reactDomClient,
  },
})

const preview: Preview | null = JSON.parse(document.getElementById('preview')?.textContent ?? 'null')

new EventSource('/events').onmessage = ({ data }: MessageEvent<string>) => {
  const { build, findings }: PreviewState = JSON.parse(data)
  const errors = findings.filter(({ severity }) => severity === 'error')
  if (errors.length === 0 && build !== (preview?.build ?? null)) location.reload()
  else showProblems('This is the plugin before these errors', errors)
}

if (preview) show(preview)

async function show({ name, version, components, configuration, bundle }: Preview): Promise<void> {
  document.title = `${name} ${version}`
  const place = document.getElementById('components')
  if (!place) return
  try {
    const module: Record<string, unknown> = bundle ? await import(bundle) : {}
    reactDomClient.createRoot(place).render(
      <>
        <h1>
          {name} {version}
        </h1>
        {components.map((about) => (
          <ComponentView key={about.name} about={about} module={module} plexica={apiWith(configuration)} />
        ))}
        {components.length === 0 && <p>The manifest names no components.</p>}
        <Json title="Configuration" value={configuration} />
      </>,
    )
  } catch (thrown) {
    showProblems('The bundle does not start', [thrownFinding(thrown)])
  }
}

function apiWith(configuration: Readonly<Record<string, unknown>>): PluginApi {
  return {
    tenantId: 'preview',
    configuration,
    request: async (permission) => {
      throw new Error(`The preview has no platform that could answer “${permission}”.`)
    },
  }
}

function thrownFinding(thrown: unknown): Finding {
  return {
    code: 'bundle-threw',
    severity: 'error',
    message: thrown instanceof Error ? thrown.message : String(thrown),
    fix: 'The browser’s console shows where.',
  }
}
