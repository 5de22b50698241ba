import type { sharedModules } from '@plexica/manifest-schema'

// Bundles import React by its bare name. The page's import map leads that name to a small shim module, and the shim
// re-exports the page's own React, which the page has put into one global object: so there is one React, and hooks work.
// When the page is built: write shimModules(…) where the page can load them, and importMap(…) into its HTML, before the
// first script. When the page starts: shareModules(…), then createHost(…).

export type SharedModule = (typeof sharedModules)[number]

/** The modules themselves, as `import * as react from 'react'` gives them. */
export type SharedModules = Readonly<Record<SharedModule, object>>

const shimFiles = {
  react: 'react.js',
  'react/jsx-runtime': 'react-jsx-runtime.js',
  'react-dom': 'react-dom.js',
  'react-dom/client': 'react-dom-client.js',
} as const satisfies Record<SharedModule, string>

declare global {
  var __plexica__: SharedModules | undefined
}

/** Shares the page's React with plugins. Call it once, before createHost(). */
export function shareModules(modules: SharedModules): void {
  globalThis.__plexica__ = modules
}

/** For `<script type="importmap">`: leads shared names to the shim modules below `baseUrl`, e.g. `/shared/`. */
export function importMap(baseUrl: string): { imports: Record<SharedModule, string> } {
  const base = baseUrl.endsWith('/') ? baseUrl : `${baseUrl}/`
  const { react, 'react/jsx-runtime': jsxRuntime, 'react-dom': reactDom, 'react-dom/client': client } = shimFiles
  return {
    imports: {
      react: base + react,
      'react/jsx-runtime': base + jsxRuntime,
      'react-dom': base + reactDom,
      'react-dom/client': base + client,
    },
  }
}

/**
 * File name → source of the shim modules, to be written when the page is built, because a module's exports are fixed in
 * its text. Give the same versions that the page bundles.
 */
export function shimModules(modules: SharedModules): Record<string, string> {
  const shims = Object.entries(shimFiles).map(([name, file]) => {
    const names = Object.keys(modules[name as SharedModule]).filter((key) => identifier.test(key) && key !== 'default')
    return [file, shimSource(name, names)]
  })
  return Object.fromEntries(shims)
}

const identifier = /^[A-Za-z_$][\w$]*$/

function shimSource(name: string, exports: readonly string[]): string {
  const shared = `globalThis.__plexica__?.[${JSON.stringify(name)}]`
  const message = JSON.stringify(`The page does not share ${name}: call shareModules() before createHost().`)
  return `const shared = ${shared}
if (!shared) throw new Error(${message})
export default shared.default ?? shared
export const { ${exports.join(', ')} } = shared
`
}
