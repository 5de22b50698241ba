import type { Static } from 'typebox'
import Type from 'typebox'
import { Installation, InstallationParams, Values } from './installations.ts'
import { route } from './route.ts'
import { closed } from './shapes.ts'

/** The two configurations of an experiment: what the tenant has anyway, and what is tried. */
export const variants = ['a', 'b'] as const
export const Variant = Type.Enum(variants, { description: 'a: the configuration; b: the one that is tried' })
export type Variant = Static<typeof Variant>

export const experimentRoutes = {
  setExperiment: route({
    method: 'PUT',
    path: '/api/tenants/:tenantId/plugins/:pluginId/experiment',
    permission: 'installation:manage',
    summary: 'Try a second configuration on a share of the visitors; a new one takes the place of the one that runs',
    params: InstallationParams,
    body: Type.Object(
      {
        configuration: Type.Unsafe<Record<string, unknown>>({
          ...Values,
          description: 'Whole, without secret values: those are the same for all visitors',
        }),
        share: Type.Integer({ minimum: 0, maximum: 100, description: 'Of a hundred visitors, how many get it' }),
      },
      closed,
    ),
    status: 200,
    answer: Installation,
    errors: ['tenant_not_found', 'installation_not_found', 'configuration_invalid', 'private_unavailable'],
  }),
  endExperiment: route({
    method: 'DELETE',
    path: '/api/tenants/:tenantId/plugins/:pluginId/experiment',
    permission: 'installation:manage',
    summary: 'End the experiment; nothing happens where none runs',
    params: InstallationParams,
    query: Type.Object(
      {
        adopt: Type.Optional(Type.Boolean({ default: false, description: 'What was tried becomes the configuration' })),
      },
      closed,
    ),
    status: 200,
    answer: Installation,
    errors: ['tenant_not_found', 'installation_not_found', 'configuration_invalid', 'private_unavailable'],
  }),
}
