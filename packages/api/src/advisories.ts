import { PluginId, Version } from '@plexica/manifest-schema'
import type { Static } from 'typebox'
import Type from 'typebox'
import { VersionParams } from './publishing.ts'
import { route } from './route.ts'
import { closed, Paging, page, Time } from './shapes.ts'

/** A security advisory about something that a version bundles. */
export const VersionAdvisory = Type.Object({
  id: Type.String({ description: 'As those who wrote it call it, such as GHSA-… or CVE-…' }),
  aliases: Type.Array(Type.String()),
  summary: Type.String(),
  severity: Type.Union([Type.Enum(['low', 'moderate', 'high', 'critical']), Type.Null()], {
    description: 'Null when nobody has said how grave it is',
  }),
  link: Type.Union([Type.String(), Type.Null()]),
  package: Type.String({ description: 'What is bundled' }),
  packageVersion: Type.String(),
  fixedIn: Type.Union([Type.String(), Type.Null()], { description: 'The lowest version in which it is mended' }),
  firstSeen: Time,
})
export type VersionAdvisory = Static<typeof VersionAdvisory>

export const AffectedVersion = Type.Object({
  pluginId: PluginId,
  version: Version,
  installations: Type.Integer({ minimum: 0, description: 'Tenants that have this version' }),
  advisory: VersionAdvisory,
})
export type AffectedVersion = Static<typeof AffectedVersion>

export const advisoryRoutes = {
  listVersionAdvisories: route({
    method: 'GET',
    path: '/api/plugins/:pluginId/versions/:version/advisories',
    permission: 'public',
    summary: 'Security advisories about what a version bundles; before approval for owners and super-admins only',
    params: VersionParams,
    query: Type.Object(Paging, closed),
    status: 200,
    answer: page('advisories', VersionAdvisory),
    errors: ['plugin_not_found', 'version_not_found'],
  }),
  listAffectedVersions: route({
    method: 'GET',
    path: '/api/advisories/affected',
    permission: 'registry:observe',
    summary: 'Versions that bundle what an advisory names, the newest discoveries first',
    query: Type.Object(Paging, closed),
    status: 200,
    answer: page('affected', AffectedVersion),
    errors: [],
  }),
}
