import type { sharedModules } from '@plexica/manifest-schema'

/** What every page shares. */
export type RequiredModule = (typeof sharedModules)[number]

/** Name → the module itself, as `import * as react from 'react'` gives it: React's, and what else the platform shares. */
export type SharedModules = Readonly<Record<RequiredModule, object> & Record<string, object>>

declare global {
  var __plexica__: Readonly<Record<string, object>> | undefined
}

/** Shares the page's modules with plugins. What was shared before stays. */
export function shareModules(modules: Readonly<Record<string, object>>): void {
  globalThis.__plexica__ = { ...globalThis.__plexica__, ...modules }
}
