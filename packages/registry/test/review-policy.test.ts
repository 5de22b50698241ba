import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { idOf, minutesAgo, type Package, type ReviewRegistry, type Sent, startReviewRegistry } from './review-people.ts'
import { freshSettings, runRegistry } from './run-registry.ts'

let folder: string
let file: string
let at: ReviewRegistry

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plexica-policy-'))
  file = join(folder, 'policy.json')
  const rule = { maxSeverity: 'info', newCapabilities: false }
  const rules = [
    { name: 'house', trustedOwners: ['ann', 'ada'], ...rule },
    { name: 'founder', trustedOwners: ['ada'], ...rule, firstVersions: true },
  ]
  await writeFile(file, JSON.stringify({ rules }))
  // On disk, where one can be in its way.
  const PLEXICA_STORAGE_URL = `file:${join(folder, 'blobs')}`
  at = await startReviewRegistry({ PLEXICA_REVIEW_POLICY_FILE: file, PLEXICA_STORAGE_URL })
})
afterAll(async () => {
  await at?.stop()
  await rm(folder, { recursive: true, force: true })
})

const version = (number: string, more: Package = {}): Package => ({
  ...more,
  manifest: { ...more.manifest, version: number },
})
/** A plugin whose 1.0.0 a person has approved. */
async function begun(id: string) {
  const first = await at.upload(id)
  expect(first.status).toBe('pending_review')
  await at.approve(first)
}
const isPending = async (sent: Sent) => {
  expect([sent.status, (await at.show(sent)).state]).toEqual(['pending_review', 'pending_review'])
  expect(sent.position).toBeGreaterThan(0)
}

describe('a policy', () => {
  test('approves what a trusted owner changed without new capabilities, and says by which rule', async () => {
    await begun('trusted')
    const sent = await at.upload('trusted', version('1.1.0', { files: { 'README.md': '# Trusted\n' } }))
    expect(sent.findings.map(({ severity }) => severity)).toContain('info')
    expect(sent).toMatchObject({ status: 'published', created: true, position: null, submission: expect.any(String) })
    expect(await at.show(sent, at.ann)).toMatchObject({ state: 'approved', decidedBy: 'policy:house', reason: null })
    const seen = await at.registry.anonymous().getVersion({ params: { pluginId: 'trusted', version: 'latest' } })
    expect(seen.version).toBe('1.1.0')
    const bundle = await fetch(`${at.registry.url}/plugins/bundles/trusted/v1.1.0/bundle.js`)
    expect(bundle.status).toBe(200)
    const events = await at.eventsOf('trusted')
    expect(events.slice(-2)).toMatchObject([
      { type: 'submission.created', actor: 'ann', version: '1.1.0' },
      { type: 'submission.approved', actor: 'policy:house', version: '1.1.0' },
    ])
  })

  test('sending the approved bytes again is the same answer', async () => {
    await begun('repeated')
    const sent = await at.upload('repeated', version('1.1.0'))
    expect(sent.status).toBe('published')
    expect(await at.upload('repeated', version('1.1.0'))).toEqual({ ...sent, created: false })
  })

  test('decides about a draft when it is submitted', async () => {
    await begun('drafted')
    const drafts = [version('1.1.0', { query: { submit: false } }), version('1.2.0', { query: { submit: false } })]
    for (const draft of drafts) expect((await at.upload('drafted', draft)).status).toBe('draft')
    const params = { pluginId: 'drafted' }
    expect(await at.ann.client.submitVersion({ params, body: { version: '1.1.0' } })).toMatchObject({
      status: 'published',
      decidedBy: 'policy:house',
    })
    expect((await at.upload('drafted', version('1.2.0'))).status).toBe('published')
  })

  test.each<[string, Package]>([
    ['host', { manifest: { network: ['api.example.com', 'new.example.com'] } }],
    ['permission', { manifest: { requiredPermissions: ['orders:read', 'shipping:quote'] } }],
  ])('leaves a new %s to a person', async (what, changes) => {
    await begun(`more-${what}`)
    await isPending(await at.upload(`more-${what}`, version('1.1.0', changes)))
  })

  test('leaves a warning to a person', async () => {
    await begun('warned')
    const files = { 'dist/bundle.js': 'document.write("x");export const GreetingCard=()=>null\n' }
    const sent = await at.upload('warned', version('1.1.0', { files }))
    expect(sent.findings.map(({ severity }) => severity)).toContain('warning')
    await isPending(sent)
  })

  test('leaves other owners’ versions to a person', async () => {
    await begun('shared')
    await at.ann.client.addOwner({ params: { pluginId: 'shared', subject: 'bob' } })
    await isPending(await at.upload('shared', version('1.1.0'), at.bob))
    expect((await at.upload('shared', version('1.2.0'))).status).toBe('published')
    // Sent by one who is not trusted, submitted by one who is.
    await at.upload('shared', version('1.3.0', { query: { submit: false } }), at.bob)
    const params = { pluginId: 'shared' }
    const submitted = await at.ann.client.submitVersion({ params, body: { version: '1.3.0' } })
    expect(submitted.status).toBe('pending_review')
    await isPending(await at.upload('shared', version('1.4.0'), at.sue))
  })

  test('leaves what answers a rejection to a person', async () => {
    await begun('refused')
    const sent = await at.upload(
      'refused',
      version('1.1.0', { manifest: { network: ['api.example.com', 'a.example.com'] } }),
    )
    await at.reject(sent)
    await isPending(await at.upload('refused', version('1.1.0')))
    await isPending(await at.upload('refused', version('1.1.1')))
  })

  test('leaves what is compared with a yanked version to a person', async () => {
    await begun('taken-back')
    const params = { pluginId: 'taken-back', version: '1.0.0' }
    await at.ann.client.yankVersion({ params, body: { reason: 'It loses orders.' } })
    await isPending(await at.upload('taken-back', version('1.0.1')))
  })

  test('approves first versions where a rule says so', async () => {
    const ada = await at.registry.person('ada', 'publisher')
    const first = await at.upload('founded', {}, ada)
    expect(first.status).toBe('published')
    expect((await at.show(first)).decidedBy).toBe('policy:founder')
  })

  test('that cannot carry out an approval leaves it to a person, and the publish succeeds', async () => {
    await begun('unlucky')
    const files = join(folder, 'blobs', 'files')
    await rm(files, { recursive: true })
    // Where a folder is needed there is a file: nothing can be unpacked.
    await writeFile(files, '')
    const sent = await at.upload('unlucky', version('1.1.0'))
    await isPending(sent)
    await rm(files)
    expect((await at.approve(sent)).decidedBy).toBe('sue')
  })
})

test('what a policy decides says nothing about how long one waits for a person', async () => {
  const own = await startReviewRegistry({ PLEXICA_REVIEW_POLICY_FILE: file })
  const first = await own.upload('slow')
  await own.setTime(idOf(first.submission).submissionId, 'submitted_at', minutesAgo(60))
  await own.approve(first)
  for (const number of ['1.0.1', '1.0.2', '1.0.3']) {
    expect((await own.upload('slow', version(number))).status).toBe('published')
  }
  const waiting = await own.upload('next')
  expect((await own.show(waiting)).typicalWaitSeconds).toBeGreaterThanOrEqual(3_600)
  await own.stop()
})

test('without a policy nothing is approved by itself', async () => {
  const bare = await startReviewRegistry()
  await bare.approve(await bare.upload('plain'))
  expect((await bare.upload('plain', version('1.1.0'))).status).toBe('pending_review')
  await bare.stop()
})

test('a policy that cannot be used keeps the registry from starting, with every problem', async () => {
  const { folder: own, env } = await freshSettings()
  const broken = join(own, 'policy.json')
  const start = () => runRegistry(['start'], { ...env, PLEXICA_REVIEW_POLICY_FILE: broken })
  const missing = await start()
  expect([missing.code, missing.stderr]).toEqual([
    1,
    expect.stringContaining('PLEXICA_REVIEW_POLICY_FILE cannot be read'),
  ])
  await writeFile(broken, '{ "rules": [{ "name": "House", "trustedOwners": [], "maxSeverity": "error" }] }')
  const { code, stderr } = await start()
  expect(code).toBe(1)
  for (const words of ['rules.0.name', 'rules.0.trustedOwners', 'rules.0.maxSeverity', 'the field newCapabilities']) {
    expect(stderr).toContain(words)
  }
})
