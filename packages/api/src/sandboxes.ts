import Type from 'typebox'
import { Installation, InstallationParams } from './installations.ts'
import { route } from './route.ts'
import { closed } from './shapes.ts'

export const sandboxRoutes = {
  setSandbox: route({
    method: 'PUT',
    path: '/api/tenants/:tenantId/plugins/:pluginId/sandbox',
    permission: 'installation:manage',
    summary: 'Say whether a plugin runs in frames of its own; one that asks for them always does',
    params: InstallationParams,
    body: Type.Object({ sandboxed: Type.Boolean() }, closed),
    status: 200,
    answer: Installation,
    errors: ['tenant_not_found', 'installation_not_found', 'private_unavailable'],
  }),
}
