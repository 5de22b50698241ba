import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { answerOf, type Machine, openMachine } from './machine.ts'
import { type RegistryWithPeople, startRegistryWithPeople } from './registry-with-people.ts'

// Each test starts many processes, and the machine may have other work.
vi.setConfig({ testTimeout: 120_000 })

let registry: RegistryWithPeople
/** Of the publisher and of the super-admin. */
let author: Machine
let desk: Machine

beforeAll(async () => {
  registry = await startRegistryWithPeople()
  author = await openMachine({ PLEXICA_API_URL: registry.url, PLEXICA_API_KEY: registry.ann.key })
  desk = await openMachine({ PLEXICA_API_URL: registry.url, PLEXICA_API_KEY: registry.root.key })
})

afterAll(async () => {
  await author?.close()
  await desk?.close()
  await registry?.stop()
})

/** A plugin that waits for its review. */
async function submitted(id: string) {
  const cwd = await author.plugin(id)
  const publish = async (...args: string[]) => {
    const run = await author.run(['publish', '--json', '--skip-tests', ...args], { cwd })
    if (run.status !== 0) throw new Error(run.stderr)
    return answerOf(run)
  }
  return { cwd, publish, answer: await publish() }
}

const review = (...args: string[]) => desk.run(['review', ...args, '--json'])
const statesOf = async (id: string) => (await registry.submissionsOf(id)).map(({ state }) => state).toSorted()

test('the queue is listed oldest first, and a submission is shown with all that a decision needs', async () => {
  const first = await submitted('queue-one')
  const second = await submitted('queue-two')
  const list = answerOf(await review('list'))
  expect(list.submissions).toMatchObject([
    { id: first.answer.submission, pluginId: 'queue-one', position: 1, submittedBy: 'ann' },
    { id: second.answer.submission, pluginId: 'queue-two', position: 2, submittedBy: 'ann' },
  ])
  const words = await desk.run(['review', 'list'])
  expect(words.stdout).toMatch(/1\. +\S+ +queue-one@0\.1\.0 .+\n *2\. +\S+ +queue-two@0\.1\.0 /)
  const one = answerOf(await review('list', '--plugin', 'queue-two'))
  expect(one.submissions).toMatchObject([{ pluginId: 'queue-two' }])
  expect((await desk.run(['review', 'list', '--state', 'approved'])).stderr).toContain('There is none.')

  for (const name of ['queue-one@0.1.0', first.answer.submission]) {
    const shown = await desk.run(['review', 'show', name])
    expect(shown.status, shown.stderr).toBe(0)
    for (const text of [first.answer.digest, first.answer.submission, 'dist/bundle.js', 'First version.', 'by ann']) {
      expect(shown.stdout).toContain(text)
    }
    expect(answerOf(await review('show', name))).toMatchObject({ digest: first.answer.digest, version: '0.1.0' })
  }
  // Publishers see their own submissions and decide about none.
  expect(answerOf(await author.run(['review', 'list', '--json'])).total).toBe(2)
  const approval = await author.run(['review', 'approve', first.answer.submission, '--json'])
  expect(approval.status, approval.stderr).toBe(4)
  expect(answerOf(approval).decisions).toMatchObject([{ error: { code: 'not_allowed' } }])
  expect(await statesOf('queue-one')).toEqual(['pending_review'])

  const env = { PLEXICA_API_KEY: registry.ben.key }
  expect(answerOf(await author.run(['review', 'list', '--json'], { env })).total).toBe(0)
  expect((await author.run(['review', 'show', first.answer.submission], { env })).status).toBe(3)
})

test.concurrent('an approval serves the bytes that were shown; a second one changes nothing', async () => {
  const { answer } = await submitted('good-card')
  for (let times = 0; times < 2; times++) {
    const run = await review('approve', answer.submission)
    expect(run.status, run.stderr).toBe(0)
    expect(answerOf(run).decisions).toEqual([
      { submission: answer.submission, id: 'good-card', version: '0.1.0', digest: answer.digest, status: 'published' },
    ])
  }
  expect((await desk.run(['info', 'good-card'])).stdout).toContain(answer.digest)
  const status = answerOf(await author.run(['status', 'good-card', '--json']))
  expect(status).toMatchObject({ status: 'published', submission: null })
})

test.concurrent('a rejection needs a reason, which the author reads', async () => {
  const { answer, cwd } = await submitted('bad-card')
  for (const reason of [[], ['--reason', '  ']]) {
    const without = await review('reject', 'bad-card@0.1.0', ...reason)
    expect(without.status, without.stderr).toBe(2)
    expect(answerOf(without).error).toMatchObject({ code: 'answer_missing', fix: expect.stringContaining('--reason') })
  }
  expect(await statesOf('bad-card')).toEqual(['pending_review'])
  const run = await review('reject', answer.submission, '--reason', 'The icon is blurred')
  expect(run.status, run.stderr).toBe(0)
  expect(answerOf(run).decisions).toMatchObject([{ digest: answer.digest, status: 'rejected' }])
  const status = await author.run(['status'], { cwd })
  expect(status.stdout).toMatch(/bad-card 0\.1\.0 {2}rejected\n {2}reason: The icon is blurred/)
  // What was decided is decided.
  const late = await review('approve', answer.submission)
  expect(late.status, late.stderr).toBe(5)
  expect(answerOf(late).decisions).toMatchObject([{ error: { code: 'state_conflict' } }])
})

test.concurrent('what was shown and has other bytes by now is not decided about', async () => {
  const { answer, cwd, publish } = await submitted('quick-card')
  expect(answerOf(await review('show', 'quick-card@0.1.0')).id).toBe(answer.submission)
  await writeFile(join(cwd, 'README.md'), '# Quick card\n\nChanged while it was looked at.\n')
  const changed = await publish()
  for (const decision of [['approve'], ['reject', '--reason', 'No']]) {
    const run = await review(...decision, answer.submission)
    expect(run.status, run.stderr).toBe(5)
    expect(answerOf(run).decisions).toMatchObject([
      {
        submission: answer.submission,
        error: { code: 'digest_changed', message: expect.stringContaining(changed.digest) },
      },
    ])
  }
  expect(await statesOf('quick-card')).toEqual(['pending_review', 'replaced'])
  expect((await desk.run(['review', 'show', answer.submission])).stdout).toContain('replaced')
  expect((await review('approve', changed.submission)).status).toBe(0)
})

test.concurrent('several are decided at once; one that fails stops none of the others', async () => {
  const one = await submitted('batch-one')
  const two = await submitted('batch-two')
  const ids = [one.answer.submission, two.answer.submission]
  const names = [ids[0], 'batch-none@1.0.0', ids[1], ids[1], 'not-an-id']
  const run = await review('approve', ...names)
  expect(run.status, run.stderr).toBe(3)
  expect(answerOf(run).decisions).toMatchObject([
    { id: 'batch-one', status: 'published' },
    { submission: 'batch-none@1.0.0', error: { code: 'submission_not_found', fix: expect.stringContaining('list') } },
    { id: 'batch-two', status: 'published' },
    { submission: 'not-an-id', error: { code: 'submission_not_found' } },
  ])
  expect(run.stderr).toContain(`✔ Approved batch-one 0.1.0\n  ${one.answer.digest}`)
  expect(run.stderr).toContain('✖ not-an-id')
  // The worst of several failures counts: decided already (5) before not there (3).
  const late = await review('reject', ids[0], 'not-an-id', '--reason', 'Too late')
  expect(late.status, late.stderr).toBe(5)
})

test.concurrent('a version’s name means no bytes, so nobody approves by it without looking', async () => {
  const { answer } = await submitted('named-card')
  const run = await review('approve', 'named-card@0.1.0')
  expect(run.status, run.stderr).toBe(2)
  const [{ error }] = answerOf(run).decisions
  expect(error.message).toContain(answer.digest)
  expect(error.fix).toContain(`plexica review approve ${answer.submission}`)
  expect(await statesOf('named-card')).toEqual(['pending_review'])
})
