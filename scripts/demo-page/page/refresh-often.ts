import type { Host } from '../../../packages/host/src/index.ts'

/** Milliseconds between two questions to the registry. */
const PAUSE = 5_000

/** Follows what the tenant installs, enables and configures, while somebody looks at the page. */
export function refreshOften(host: Host): void {
  setInterval(() => {
    // A failure is shown from the host's status.
    if (document.visibilityState === 'visible') host.refresh().catch(() => {})
  }, PAUSE)
}
