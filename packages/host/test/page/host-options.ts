import type { HostOptions } from '../../src/index.ts'

const settings = new URLSearchParams(location.search)
const pollEvery = settings.get('pollEvery')

/** As the test says in the page's address. */
export const hostOptions: HostOptions = {
  registry: settings.get('registry') ?? '',
  tenant: settings.get('tenant') ?? '',
  token: settings.get('token') ?? undefined,
  timeout: Number(settings.get('timeout')),
  visitor: settings.get('visitor') ?? undefined,
  telemetry: settings.get('telemetry') !== 'false',
  ...(pollEvery ? { pollEvery: Number(pollEvery) } : {}),
  api: {
    'orders:read': (input, { pluginId }) => ({ input, pluginId }),
    'orders:write': () => 'written',
  },
}
