import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { answerOf, changeJson, type Machine, openMachine } from './machine.ts'
import { onTerminal } from './on-terminal.ts'
import { type RegistryWithPeople, startRegistryWithPeople } from './registry-with-people.ts'

// Each test starts many processes, and the machine may have other work.
vi.setConfig({ testTimeout: 120_000 })

let registry: RegistryWithPeople
let author: Machine
let desk: Machine

beforeAll(async () => {
  registry = await startRegistryWithPeople()
  author = await openMachine({ PLEXICA_API_URL: registry.url, PLEXICA_API_KEY: registry.ann.key })
  desk = await openMachine({ PLEXICA_API_URL: registry.url, PLEXICA_API_KEY: registry.root.key, PAGER: 'cat' })
})

afterAll(async () => {
  await author?.close()
  await desk?.close()
  await registry?.stop()
})

const review = (...args: string[]) => desk.run(['review', ...args, '--json'])
const publish = async (cwd: string, ...args: string[]) => {
  const run = await author.run(['publish', '--json', '--skip-tests', ...args], { cwd })
  if (run.status !== 0) throw new Error(run.stderr)
  return answerOf(run)
}

/** A plugin whose 0.1.0 is published and whose 0.2.0, with a permission, a host and other files, waits. */
async function grown(id: string) {
  const cwd = await author.plugin(id)
  const first = await publish(cwd)
  const approved = await review('approve', first.submission)
  expect(approved.status, approved.stderr).toBe(0)
  const manifest = join(cwd, 'manifest.json')
  await changeJson(manifest, { version: '0.2.0', description: 'Says more than it did before, and to more people.' })
  await changeJson(manifest, { requiredPermissions: ['orders:read'], network: ['api.example.com'] })
  const readme = await readFile(join(cwd, 'README.md'), 'utf8')
  await writeFile(join(cwd, 'README.md'), `${readme}\nA last line with \u001b[31m colour.\n`)
  await writeFile(join(cwd, 'assets/new.txt'), 'a new file\n')
  return { cwd, first, second: await publish(cwd, '--changelog', 'Says more.') }
}

test.concurrent('show tells what differs from the approved version', async () => {
  const { first, second } = await grown('shown-card')
  const run = await desk.run(['review', 'show', second.submission])
  expect(run.status, run.stderr).toBe(0)
  for (const line of [
    /Since 0\.1\.0, published \d{4}-\d\d-\d\d/,
    / {2}permissions +\+ +orders:read/,
    / {2}hosts +\+ +api\.example\.com/,
    / {2}manifest +~ +description +.+ → Says more than it did before/,
    /~ +version +0\.1\.0 → 0\.2\.0/,
    /\+ +assets\/new\.txt +11 B/,
    /~ +README\.md +\S+ B → \S+ B/,
    / {2}package +~ +[\d.]+ kB → [\d.]+ kB/,
    / {2}in queue +position \d+, for < 1 min, risk [1-9]/,
  ]) {
    expect(run.stdout).toMatch(line)
  }
  const answer = answerOf(await review('show', 'shown-card@0.2.0'))
  expect(answer).toMatchObject({
    id: second.submission,
    digest: second.digest,
    delta: { base: { version: '0.1.0', digest: first.digest }, permissions: { added: { items: ['orders:read'] } } },
    detail: { version: '0.2.0' },
  })
  const before = await desk.run(['review', 'show', first.submission])
  expect(before.stdout).toContain('The first version: everything is new')
})

test.concurrent('diff shows each file that differs, the manifest first, and nothing that a terminal obeys', async () => {
  const { second } = await grown('changed-card')
  const run = await desk.run(['review', 'diff', second.submission])
  expect(run.status, run.stderr).toBe(0)
  const heads = run.stdout.split('\n').filter((line) => /^(added|changed|removed) /.test(line))
  expect(heads[0]).toMatch(/^changed manifest\.json {2}\S+ k?B → \S+ k?B$/)
  expect(heads).toContainEqual(expect.stringMatching(/^added assets\/new\.txt {2}11 B$/))
  expect(run.stdout).toContain('-  "version": "0.1.0",')
  expect(run.stdout).toContain('+  "version": "0.2.0",')
  expect(run.stdout).toContain('--- /dev/null\n+++ b/assets/new.txt\n@@ -0,0 +1,1 @@\n+a new file')
  expect(run.stdout).toContain('+A last line with  colour.')
  expect(run.stdout).not.toContain('\u001b')
  const { base, files } = answerOf(await review('diff', 'changed-card@0.2.0'))
  expect(base.version).toBe('0.1.0')
  const paths = files.map(({ path }: { path: string }) => path)
  expect(new Set(paths).size).toBe(paths.length)
  expect(paths).not.toContain('LICENSE')
  expect(files[0]).toMatchObject({ path: 'manifest.json', change: 'changed', note: null })
  expect(files.find(({ path }: { path: string }) => path === 'assets/new.txt')).toEqual({
    path: 'assets/new.txt',
    change: 'added',
    before: null,
    after: 11,
    patch: expect.stringContaining('+a new file'),
    note: null,
  })
  // On a terminal it goes through the pager, in colour.
  const { status, screen } = await onTerminal(desk, ['review', 'diff', second.submission], [], {
    env: { PAGER: "sed 's/^/paged: /'" },
  })
  expect(status, screen).toBe(0)
  expect(screen).toContain('paged: \u001b[32m+a new file')
  const without = await onTerminal(desk, ['review', 'diff', second.submission], [], { env: { PAGER: 'no-such-pager' } })
  expect(without.screen).toContain('+a new file')
})

test.concurrent('what is no text or too large is named and not shown, and a first version is all new', async () => {
  const cwd = await author.plugin('heavy-card')
  await writeFile(join(cwd, 'assets/noise.bin'), Buffer.from([0, 1, 2, 255, 254]))
  await writeFile(join(cwd, 'assets/long.txt'), 'one line of a text that goes on and on\n'.repeat(40_000))
  const { submission } = await publish(cwd)
  const { base, files } = answerOf(await review('diff', submission))
  expect(base).toBeNull()
  const notes = Object.fromEntries(files.map(({ path, note }: { path: string; note: string | null }) => [path, note]))
  expect(notes['assets/noise.bin']).toMatch(/^not shown: .*not text/)
  expect(notes['assets/long.txt']).toMatch(/^not shown: .*1560000 bytes/)
  expect(notes['dist/bundle.js.map']).toBe('not shown: a source map')
  expect(notes['manifest.json']).toBeNull()
})

test.concurrent('a claim is seen by the others, renewed, taken over and let go', async () => {
  const { submission } = await (async () => publish(await author.plugin('claimed-card')))()
  const olga = await registry.person('olga', 'super-admin')
  const env = { PLEXICA_API_KEY: olga.key }
  const claimed = await desk.run(['review', 'claim', submission])
  expect(claimed.status, claimed.stderr).toBe(0)
  expect(claimed.stdout).toMatch(/^Claimed claimed-card 0\.1\.0 until \d\d:\d\d UTC\.\n$/)
  expect((await desk.run(['review', 'list'])).stdout).toMatch(/claimed-card@0\.1\.0 .+ root looks at it/)
  const second = await desk.run(['review', 'claim', 'claimed-card@0.1.0'], { env })
  expect(second.status).toBe(5)
  expect(second.stderr).toContain('--take-over')
  expect((await desk.run(['review', 'release', submission], { env })).status).toBe(5)
  const taken = await desk.run(['review', 'claim', submission, '--take-over', '--json'], { env })
  expect(answerOf(taken)).toMatchObject({ id: submission, claim: { by: 'olga' } })
  const released = await desk.run(['review', 'release', submission, '--json'], { env })
  expect(answerOf(released)).toMatchObject({ submission, claim: null })
  const [left] = await registry.submissionsOf('claimed-card')
  expect(left?.claim).toBeNull()
})

test.concurrent('a rejection lists its points, and the next submission shows what became of them', async () => {
  const cwd = await author.plugin('pointed-card')
  const { submission } = await publish(cwd)
  const run = await review(
    ...['reject', submission, '--reason', 'Two things', '--point', 'README.md: Say which data it shows'],
    ...['--point', 'Use a sharper icon'],
  )
  expect(run.status, run.stderr).toBe(0)
  expect(await registry.submissionsOf('pointed-card')).toMatchObject([
    {
      reason: 'Two things',
      points: [{ path: 'README.md', message: 'Say which data it shows' }, { message: 'Use a sharper icon' }],
    },
  ])
  await writeFile(join(cwd, 'README.md'), '# Pointed card\n\nIt shows the data of the orders.\n')
  const second = await publish(cwd)
  const shown = await desk.run(['review', 'show', second.submission])
  expect(shown.stdout).toContain('After the rejection of 0.1.0 by root')
  expect(shown.stdout).toContain('[still-open] README.md: Say which data it shows')
  expect(shown.stdout).toContain('[still-open] Use a sharper icon')
  const empty = await review('reject', second.submission, '--reason', 'No', '--point', ' ')
  expect(empty.status, empty.stderr).toBe(2)
})

test('approving a version by its name shows the digest and asks', async () => {
  const { digest } = await publish(await author.plugin('asked-card'))
  const no = await onTerminal(desk, ['review', 'approve', 'asked-card@0.1.0'], [['Approve these bytes', '\r']])
  expect(no.status, no.screen).toBe(130)
  expect(no.screen).toContain(digest)
  expect(no.screen).toContain('Nothing was decided.')
  expect(await registry.submissionsOf('asked-card')).toMatchObject([{ state: 'pending_review' }])
  const yes = await onTerminal(desk, ['review', 'approve', 'asked-card@0.1.0'], [['Approve these bytes', 'y\r']])
  expect(yes.status, yes.screen).toBe(0)
  expect(await registry.submissionsOf('asked-card')).toMatchObject([{ state: 'approved', digest }])
})

test('walk goes through the queue with single keys, and only in a terminal', async () => {
  const without = await desk.run(['review', 'walk'])
  expect(without.status).toBe(2)
  expect(without.stderr).toContain('A walk through the queue needs a terminal.')

  // What other tests left waiting is decided, so that the walk meets these alone.
  const { submissions } = await registry.root.client.listSubmissions({ query: { take: 100 } })
  const waiting = submissions.map(({ id }) => id)
  if (waiting.length > 0) expect((await review('reject', ...waiting, '--reason', 'Tidied')).status).toBe(0)
  const names = ['walk-one', 'walk-two', 'walk-three']
  for (const name of names) await publish(await author.plugin(name))
  const question = 'q quit'
  const { status, screen } = await onTerminal(
    desk,
    ['review', 'walk'],
    [
      [question, 'x'],
      [question, 'd'],
      [question, 'f'],
      [question, 'a'],
      [question, 'r'],
      ['What has the author to change?', '\r'],
      [question, 'r'],
      ['What has the author to change?', 'A better icon\r'],
      [question, 'n'],
    ],
  )
  expect(status, screen).toBe(0)
  expect(screen).toContain('+++ b/manifest.json')
  expect(screen).toContain('1 approved, 1 rejected, 1 submission left.')
  const found = await Promise.all(names.map((name) => registry.submissionsOf(name)))
  expect(found.flat().map(({ state, reason }) => [state, reason])).toEqual([
    ['approved', null],
    ['rejected', 'A better icon'],
    ['pending_review', null],
  ])
  const quit = await onTerminal(desk, ['review', 'walk'], [[question, 'q']])
  expect(quit.status, quit.screen).toBe(0)
  expect(quit.screen).toContain('0 approved, 0 rejected, 1 submission left.')
  const left = await onTerminal(desk, ['review', 'walk'], [[question, '\u0003']])
  expect(left.status, left.screen).toBe(130)
})
