import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { answerOf, changeJson, contentOf, type Machine, openMachine } from './machine.ts'
import { type RegistryWithPeople, startRegistryWithPeople } from './registry-with-people.ts'

// Each test starts many processes, and the machine may have other work.
vi.setConfig({ testTimeout: 120_000 })

let registry: RegistryWithPeople
let machine: Machine

beforeAll(async () => {
  registry = await startRegistryWithPeople()
  machine = await openMachine({ PLEXICA_API_URL: registry.url, PLEXICA_API_KEY: registry.ann.key })
})

afterAll(async () => {
  await machine?.close()
  await registry?.stop()
})

const publish = (cwd: string, ...args: string[]) => machine.run(['publish', '--json', ...args], { cwd })
const digestForm = /^sha256-[0-9a-f]{64}$/

test('a publish ends in a submission, and the same bytes again end in the same one', async () => {
  const cwd = await machine.plugin('little-card')
  await changeJson(join(cwd, 'package.json'), { scripts: { test: 'node --test "test/*.test.ts"' } })
  const before = await contentOf(cwd)
  const first = await publish(cwd)
  expect(first.stderr).toMatch(/✔ Account .+ann \(publisher\)/)
  expect(first.stderr).toMatch(/✔ Test .+passed/)
  expect(first.status, first.stderr).toBe(0)
  const answer = answerOf(first)
  expect(answer).toMatchObject({
    id: 'little-card',
    version: '0.1.0',
    digest: expect.stringMatching(digestForm),
    status: 'pending_review',
    created: true,
    submission: expect.any(String),
    position: 1,
    url: `${registry.url}/api/plugins/little-card/versions/0.1.0`,
  })
  expect(answer.findings.map(({ severity }: { severity: string }) => severity)).not.toContain('error')

  const second = await publish(cwd)
  expect(second.status, second.stderr).toBe(0)
  expect(answerOf(second)).toEqual({ ...answer, created: false })

  const third = await machine.run(['publish'], { cwd })
  expect(third.status, third.stderr).toBe(0)
  expect(third.stdout).toContain('Submitted little-card 0.1.0 for review (these bytes were submitted before).')
  expect(third.stdout).toContain(answer.submission)
  for (const run of [first, second, third]) expect(`${run.stdout}${run.stderr}`).not.toMatch(/\bpublished\b/i)

  expect(await registry.submissionsOf('little-card')).toMatchObject([
    { id: answer.submission, state: 'pending_review', digest: answer.digest, submittedBy: 'ann' },
  ])
  expect(await contentOf(cwd)).toEqual(before)
  expect(await machine.leftovers()).toEqual([])
})

test.concurrent('other bytes under a number replace what waits, and are refused once it is published', async () => {
  const cwd = await machine.plugin('changing-card')
  const readme = join(cwd, 'README.md')
  await writeFile(readme, '# Changing card\n\nA card that changes, a.\n')
  const first = answerOf(await publish(cwd))
  await writeFile(readme, '# Changing card\n\nA card that changes, b.\n')
  const changed = await publish(cwd)
  expect(changed.status, changed.stderr).toBe(0)
  const second = answerOf(changed)
  expect(second).toMatchObject({ status: 'pending_review', created: true })
  expect(second.digest).not.toBe(first.digest)
  expect(second.submission).not.toBe(first.submission)
  const states = Object.fromEntries((await registry.submissionsOf('changing-card')).map(({ id, state }) => [id, state]))
  expect(states).toEqual({ [first.submission]: 'replaced', [second.submission]: 'pending_review' })

  const { digest } = second
  await registry.root.client.approveVersion({
    params: { pluginId: 'changing-card' },
    body: { version: '0.1.0', digest },
  })
  const again = await publish(cwd)
  expect(again.status, again.stderr).toBe(0)
  expect(answerOf(again)).toMatchObject({ status: 'published', created: false, digest, position: null })

  await writeFile(readme, '# Changing card\n\nA card that changes, c.\n')
  const refused = [await publish(cwd), await publish(cwd, '--dry-run')]
  for (const run of refused) {
    expect(run.status, run.stderr).toBe(5)
    expect(answerOf(run).error).toMatchObject({ code: 'version_taken', message: expect.stringContaining(digest) })
    expect(answerOf(run).error.fix).toMatch(/version|same way/)
  }
  expect(refused[0]?.stderr).toContain('Raise the version')
  expect(await registry.submissionsOf('changing-card')).toHaveLength(2)
})

test.concurrent('a draft waits for nobody, and is submitted by the same command without --draft', async () => {
  const cwd = await machine.plugin('draft-card')
  const draft = answerOf(await publish(cwd, '--draft'))
  expect(draft).toMatchObject({ status: 'draft', submission: null, position: null, created: true })
  const words = await machine.run(['publish', '--draft'], { cwd })
  expect(words.status, words.stderr).toBe(0)
  expect(words.stdout).toContain('Stored draft-card 0.1.0 as a draft.')
  expect(`${words.stdout}${words.stderr}`).not.toMatch(/\b(published|Submitted)\b/)
  expect(await registry.submissionsOf('draft-card')).toEqual([])

  const submitted = await publish(cwd)
  expect(submitted.status, submitted.stderr).toBe(0)
  expect(answerOf(submitted)).toMatchObject({ status: 'pending_review', digest: draft.digest })
  expect(await registry.submissionsOf('draft-card')).toMatchObject([{ state: 'pending_review', digest: draft.digest }])
})

test.concurrent('--version and --changelog are part of the package and leave the folder as it is', async () => {
  const cwd = await machine.plugin('noted-card')
  const before = await contentOf(cwd)
  const args = ['--version', '2.0.0-beta.1', '--changelog', 'Faster greetings.']
  const answer = answerOf(await publish(cwd, ...args))
  expect(answer).toMatchObject({ version: '2.0.0-beta.1', status: 'pending_review' })
  const params = { pluginId: 'noted-card', version: '2.0.0-beta.1' }
  const stored = await registry.ann.client.getVersion({ params })
  expect(stored).toMatchObject({ digest: answer.digest, changelog: expect.stringContaining('Faster greetings.') })
  expect(await contentOf(cwd)).toEqual(before)
})

/** Begins to wait and gives the submission that it waits for. */
async function publishAndWait(cwd: string, pluginId: string) {
  const waiting = machine.start(['publish', '--json', '--wait', '--skip-tests'], { cwd })
  const open = async () => (await registry.submissionsOf(pluginId)).find(({ state }) => state === 'pending_review')
  const submission = await expect.poll(open, { timeout: 20_000 }).toBeTruthy().then(open)
  if (submission === undefined) throw new Error('nothing was submitted')
  return { submission, ended: waiting.ended }
}

test.concurrent('--wait ends with the approval', async () => {
  const cwd = await machine.plugin('awaited-card')
  const { submission, ended } = await publishAndWait(cwd, 'awaited-card')
  const { version, digest } = submission
  await registry.root.client.approveVersion({ params: { pluginId: 'awaited-card' }, body: { version, digest } })
  const approved = await ended
  expect(approved.status, approved.stderr).toBe(0)
  expect(answerOf(approved)).toMatchObject({ status: 'published', submission: submission.id, position: null })
  expect(approved.stderr).toContain('awaited-card 0.1.0 is published.')
})

test.concurrent('--wait ends with the rejection and its reason; so does publishing the rejected bytes again', async () => {
  const cwd = await machine.plugin('refused-card')
  const { submission, ended } = await publishAndWait(cwd, 'refused-card')
  const { version, digest } = submission
  const reason = 'The icon is blurred'
  await registry.root.client.rejectVersion({ params: { pluginId: 'refused-card' }, body: { version, digest, reason } })
  for (const run of [await ended, await publish(cwd)]) {
    expect(run.status, run.stderr).toBe(6)
    expect(answerOf(run).error.code).toBe('submission_rejected')
    expect(run.stderr).toContain(`refused-card 0.1.0 was rejected by root: ${reason}`)
  }
  await writeFile(join(cwd, 'README.md'), '# Refused card\n\nWith a sharp icon.\n')
  const mended = await publish(cwd)
  expect(mended.status, mended.stderr).toBe(0)
  expect(answerOf(mended)).toMatchObject({ status: 'pending_review', version: '0.1.0', created: true })
})

test('--wait gives up after --timeout and leaves the submission in the queue', async () => {
  const cwd = await machine.plugin('patient-card')
  const run = await publish(cwd, '--wait', '--timeout', '2')
  expect(run.status, run.stderr).toBe(8)
  expect(answerOf(run).error).toMatchObject({ code: 'wait_timed_out', fix: expect.stringContaining('plexica status') })
  expect(await registry.submissionsOf('patient-card')).toMatchObject([{ state: 'pending_review' }])
  // The same command again waits for the same submission.
  expect((await publish(cwd, '--wait', '--timeout', '2')).status).toBe(8)
  expect(await registry.submissionsOf('patient-card')).toHaveLength(1)
})

test('a dry run stores nothing and says what the real run says', async () => {
  const cwd = await machine.plugin('careful-card', 'full')
  const stored = await contentOf(registry.blobs)
  const dry = await publish(cwd, '--dry-run')
  expect(dry.status, dry.stderr).toBe(0)
  expect(dry.stderr).toMatch(/✔ Preflight .+accepted/)
  expect(dry.stderr).toContain('Nothing was stored.')
  const planned = answerOf(dry)
  expect(planned).toMatchObject({ status: 'dry-run', dryRun: true, verdict: 'accepted', id: 'careful-card' })
  expect(await contentOf(registry.blobs)).toEqual(stored)
  expect(await registry.submissionsOf('careful-card')).toEqual([])
  await expect(registry.root.client.getPlugin({ params: { pluginId: 'careful-card' } })).rejects.toMatchObject({
    code: 'plugin_not_found',
  })

  const real = answerOf(await publish(cwd))
  const same = ['id', 'version', 'digest', 'findings', 'files', 'packedBytes', 'unpackedBytes'] as const
  for (const name of same) expect(real[name], name).toEqual(planned[name])
  expect(answerOf(await publish(cwd, '--dry-run'))).toMatchObject({ verdict: 'unchanged', digest: real.digest })
})

test.concurrent('a dry run ends as the real run does, also in what only the registry knows', async () => {
  const cwd = await machine.plugin('needy-card')
  const component = { name: 'NeedyCard', export: 'NeedyCard', extensionPoint: 'warehouse.shelf' }
  await changeJson(join(cwd, 'manifest.json'), { requiredPermissions: ['moon:land'], components: [component] })
  const [dry, real] = [await publish(cwd, '--dry-run'), await publish(cwd)]
  expect(real.status, real.stderr).toBe(3)
  const { code, findings } = answerOf(real).error
  expect(answerOf(dry).error).toMatchObject({ code, findings })
  expect(dry.status, dry.stderr).toBe(3)
  const words = findings.map(({ message }: { message: string }) => message).join('\n')
  expect(words).toContain('moon:land')
  expect(words).toContain('warehouse.shelf')
})
