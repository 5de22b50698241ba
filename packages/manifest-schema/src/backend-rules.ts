import type { CheckedManifest } from './checked-manifest.ts'
import { type Finding, findingsOf, type RuleTable } from './finding.ts'
import { pathText } from './json-path.ts'

export const backendRules = {
  'manifest-route-duplicate': {
    severity: 'error',
    summary: 'Two routes of the backend have the same method, and paths that are the same but for names of parameters.',
    fix: 'Remove one of the two, or give it another path.',
  },
  'manifest-route-permission': {
    severity: 'error',
    summary: 'A route of the backend asks its caller for a permission that the plugin itself does not ask for.',
    fix: 'Add the permission to `requiredPermissions`, or take it from the route.',
  },
} as const satisfies RuleTable
const finding = findingsOf(backendRules)

/** The requests that a backend answers. */
export function* checkBackend(manifest: CheckedManifest): Iterable<Finding> {
  const required = manifest.part('requiredPermissions') ?? []
  const answered = new Map<string, number>()
  for (const [index, { method, path, permission }] of (manifest.part('backend')?.routes ?? []).entries()) {
    const at = ['backend', 'routes', index]
    const request = `${method} ${path.replace(/:[^/]+/g, ':')}`
    const earlier = answered.get(request)
    if (earlier === undefined) answered.set(request, index)
    else {
      const message = `${pathText(at)} is ${method} ${path}, which backend.routes[${earlier}] answers already.`
      yield finding('manifest-route-duplicate', message, manifest.place([...at, 'path']))
    }
    if (permission === undefined || required.includes(permission)) continue
    const message = `${pathText([...at, 'permission'])} is ${permission}, which is not in requiredPermissions.`
    yield finding('manifest-route-permission', message, manifest.place([...at, 'permission']))
  }
}
