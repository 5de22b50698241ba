import type { Inspection } from '@plexica/inspect'
import { expect, test } from 'vitest'
import { goodManifest } from '../../../inspect/test/build-package.ts'
import type { KnownPrincipal } from '../auth/principal.ts'
import { decidePublish, type PublishFacts } from './publish-decision.ts'

const principal: KnownPrincipal = {
  kind: 'key',
  keyId: 'k',
  subject: 'ann',
  role: 'publisher',
  tenantId: null,
  expiresAt: null,
}
const digest = `sha256-${'a'.repeat(64)}`
const inspection: Inspection = {
  digest,
  packedBytes: 1,
  unpackedBytes: 1,
  files: [],
  manifest: goodManifest,
  dependencies: [],
  capabilities: { hosts: [], permissions: [] },
  quality: { score: 1, outOf: 1 },
  findings: [],
}
const broken: Inspection = {
  ...inspection,
  findings: [{ code: 'bad', severity: 'error', message: 'It is bad.', fix: 'Mend it.' }],
}
const beta: Inspection = { ...inspection, manifest: { ...goodManifest, version: '2.0.0-rc.1' } }
const fresh: PublishFacts = {
  principal,
  inspection,
  claimedDigest: undefined,
  pluginId: undefined,
  channel: undefined,
  visibility: undefined,
  currentVisibility: undefined,
  submit: true,
  owners: [],
  existing: undefined,
  isDeleted: false,
  twin: undefined,
  channels: new Map(),
}

test.each<[string, Partial<PublishFacts>, string]>([
  ['a new plugin', {}, 'accepted'],
  ['a new version of one’s own', { owners: ['ann'] }, 'accepted'],
  ['somebody else’s plugin', { owners: ['bob'] }, 'not_owner'],
  ['an id that reads like another', { twin: 'greeting-carb' }, 'id_looks_taken'],
  ['an older twin goes on', { owners: ['ann'], twin: 'greeting-carb' }, 'accepted'],
  ['a deleted number', { owners: ['ann'], isDeleted: true }, 'version_taken'],
  [
    'a deleted number, whatever is in the package',
    { owners: ['ann'], isDeleted: true, inspection: broken },
    'version_taken',
  ],
  ['a deleted number of somebody else', { owners: ['bob'], isDeleted: true }, 'not_owner'],
  ['errors', { inspection: broken }, 'package_refused'],
  ['the same bytes', { owners: ['ann'], existing: { state: 'yanked', digest } }, 'unchanged'],
  [
    'other bytes under a yanked number',
    { owners: ['ann'], existing: { state: 'yanked', digest: 'x' } },
    'version_taken',
  ],
  ['a prerelease', { inspection: beta }, 'accepted'],
  ['a prerelease to a channel', { inspection: beta, channel: 'beta' }, 'accepted'],
  ['a prerelease to latest', { inspection: beta, channel: 'latest' }, 'prerelease_latest'],
])('%s', (_name, facts, outcome) => {
  const decision = decidePublish({ ...fresh, ...facts })
  expect(decision.verdict === 'refused' ? decision.code : decision.verdict).toBe(outcome)
})
