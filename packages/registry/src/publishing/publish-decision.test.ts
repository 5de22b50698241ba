import type { Inspection } from '@plexica/inspect'
import type { Finding, Manifest } from '@plexica/manifest-schema'
import { expect, test } from 'vitest'
import type { Principal } from '../auth/principal.ts'
import { decidePublish, type PublishFacts } from './publish-decision.ts'

const digest = `sha256-${'a'.repeat(64)}`
const other = `sha256-${'b'.repeat(64)}`
const manifest: Manifest = {
  id: 'card',
  name: 'Card',
  version: '1.0.0',
  description: 'A card with a greeting.',
  category: 'content',
  author: { name: 'Ann' },
  license: 'MIT',
  engines: { plexica: '*' },
}
const sound: Inspection = {
  digest,
  manifest,
  packedBytes: 1,
  unpackedBytes: 1,
  files: [],
  dependencies: [],
  capabilities: { hosts: [], permissions: [] },
  quality: { score: 1, outOf: 1 },
  findings: [{ code: 'some-note', severity: 'info', message: 'A note.', fix: 'Nothing.' }],
}
const error: Finding = { code: 'some-error', severity: 'error', message: 'An error.', fix: 'Mend it.' }
const faulty: Inspection = { ...sound, findings: [error] }
const { manifest: _manifest, digest: _digest, ...unreadable } = faulty

const person = (subject: string, role: 'publisher' | 'super-admin' | 'tenant-admin'): Principal => ({
  kind: 'key',
  keyId: 'k',
  subject,
  role,
  tenantId: null,
  expiresAt: null,
})
const facts: PublishFacts = {
  principal: person('ann', 'publisher'),
  inspection: sound,
  claimedDigest: undefined,
  pluginId: undefined,
  submit: true,
  owners: [],
  existing: undefined,
  channel: undefined,
  visibility: undefined,
  currentVisibility: undefined,
  isDeleted: false,
  twin: undefined,
  channels: new Map(),
}

test.each<[string, Partial<PublishFacts>, string]>([
  ['a free id', {}, 'accepted pending_review'],
  ['a draft', { submit: false }, 'accepted draft'],
  ['one’s own plugin', { owners: ['bob', 'ann'] }, 'accepted pending_review'],
  ['somebody else’s', { owners: ['bob'] }, 'refused not_owner'],
  ['a super-admin', { owners: ['bob'], principal: person('sue', 'super-admin') }, 'accepted pending_review'],
  ['a key that may not publish', { principal: person('tom', 'tenant-admin') }, 'refused not_allowed'],
  ['what was announced', { claimedDigest: digest }, 'accepted pending_review'],
  ['not what was announced', { claimedDigest: other, owners: ['bob'] }, 'refused digest_mismatch'],
  ['the plugin of the address', { pluginId: 'card' }, 'accepted pending_review'],
  ['not the plugin of the address', { pluginId: 'cart' }, 'refused plugin_id_mismatch'],
  ['errors', { inspection: faulty }, 'refused package_refused'],
  ['errors in somebody else’s', { inspection: faulty, owners: ['bob'] }, 'refused not_owner'],
  ['nothing readable', { inspection: unreadable, claimedDigest: digest }, 'refused package_refused'],
  [
    'nothing readable for somebody else’s address',
    { inspection: unreadable, pluginId: 'card', owners: ['bob'] },
    'refused not_owner',
  ],
  ['the same draft', { existing: { state: 'draft', digest }, submit: false }, 'unchanged'],
  ['the same draft, to submit', { existing: { state: 'draft', digest } }, 'unchanged submit'],
  [
    'the same draft with errors by now',
    { existing: { state: 'draft', digest }, inspection: faulty },
    'refused package_refused',
  ],
  ['the same, waiting', { existing: { state: 'pending_review', digest } }, 'unchanged'],
  ['the same, rejected', { existing: { state: 'rejected', digest } }, 'unchanged'],
  [
    'the same, published, with errors by now',
    { existing: { state: 'published', digest }, inspection: faulty },
    'unchanged',
  ],
  ['the same, yanked', { existing: { state: 'yanked', digest } }, 'unchanged'],
  ['other bytes for a draft', { existing: { state: 'draft', digest: other } }, 'accepted pending_review'],
  ['other bytes for what waits', { existing: { state: 'pending_review', digest: other } }, 'accepted pending_review'],
  [
    'other bytes for what waits, as a draft',
    { existing: { state: 'pending_review', digest: other }, submit: false },
    'accepted draft',
  ],
  ['other bytes for what was rejected', { existing: { state: 'rejected', digest: other } }, 'accepted pending_review'],
  ['other bytes for what is published', { existing: { state: 'published', digest: other } }, 'refused version_taken'],
  ['other bytes for what was yanked', { existing: { state: 'yanked', digest: other } }, 'refused version_taken'],
])('%s', (_name, different, expected) => {
  const decision = decidePublish({ ...facts, ...different })
  const more = {
    accepted: 'state' in decision ? decision.state : '',
    refused: 'code' in decision ? decision.code : '',
    unchanged: 'submit' in decision && decision.submit ? 'submit' : '',
  }
  expect(`${decision.verdict} ${more[decision.verdict]}`.trim()).toBe(expected)
})

test.each<[string, string | undefined, string | null, string | undefined]>([
  ['draft', 'next', 'beta', 'next'],
  ['draft', 'next', null, 'next'],
  ['pending_review', 'next', 'beta', 'next'],
  ['pending_review', 'beta', 'beta', undefined],
  ['pending_review', undefined, 'beta', undefined],
  ['rejected', 'next', 'beta', undefined],
  ['published', 'next', 'beta', undefined],
  ['yanked', 'next', 'beta', undefined],
])('the same bytes, %s, to %s instead of %s', (state, channel, before, moved) => {
  const decision = decidePublish({ ...facts, channel, existing: { state, digest, channel: before } })
  expect(decision).toMatchObject({ verdict: 'unchanged' })
  expect('channel' in decision ? decision.channel : undefined).toBe(moved)
})

test('a refused package comes with all findings', () => {
  expect(decidePublish({ ...facts, inspection: faulty })).toMatchObject({ findings: [error] })
})
