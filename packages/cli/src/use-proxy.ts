import type { World } from './context.ts'
import { failure } from './failure.ts'

const variables = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'] as const

/** No proxy leads to this machine's own addresses. */
const own = ['localhost', '127.0.0.1', '[::1]', '::1']

/** Whether the environment names a proxy. */
export function namesProxy(env: World['env']): boolean {
  return variables.some((name) => env[name])
}

/** Whether requests of this process can go through it. */
export function hasProxies(): boolean {
  const { setGlobalProxyFromEnv } = process.getBuiltinModule('node:http')
  return process.env.NODE_USE_ENV_PROXY === '1' || setGlobalProxyFromEnv !== undefined
}

/**
 * Sends what this run asks for through the proxy of HTTP_PROXY or HTTPS_PROXY, but for the hosts in NO_PROXY, as other
 * tools do. Node does so by itself only with NODE_USE_ENV_PROXY=1, and one before 24.14 only then. Throws a failure
 * for a proxy that is no address.
 */
export function useProxy(env: World['env']): void {
  if (env.NODE_USE_ENV_PROXY === '1') return
  const { setGlobalProxyFromEnv } = process.getBuiltinModule('node:http')
  const without = [env.NO_PROXY || env.no_proxy, ...own].filter(Boolean).join(',')
  try {
    // Old ones do not have it, whatever its types say.
    setGlobalProxyFromEnv?.({ ...env, NO_PROXY: without, no_proxy: without })
  } catch (error) {
    const set = variables.filter((name) => env[name]).join(', ')
    throw failure('settings_invalid', `The proxy in ${set} is no address.`, {
      fix: 'Write it as http://host:port, or take the variable out of the environment.',
      cause: error,
    })
  }
}
