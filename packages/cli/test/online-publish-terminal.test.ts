import { chmod, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { answerOf, changeJson, contentOf, type Machine, openMachine } from './machine.ts'
import { onTerminal } from './on-terminal.ts'
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

const down = '\u001b[B'

/** A plugin of which 0.1.0 is published. */
async function released(id: string): Promise<string> {
  const cwd = await machine.plugin(id)
  const first = answerOf(await machine.run(['publish', '--json'], { cwd }))
  await registry.root.client.approveSubmission({ params: { submissionId: first.submission } })
  return cwd
}

test.concurrent('a release is seen before it is named, and confirmed before it is sent', async () => {
  const cwd = await released('seen-card')
  await changeJson(join(cwd, 'manifest.json'), { requiredPermissions: ['orders:read'], network: ['api.example.com'] })
  await writeFile(join(cwd, 'assets/new.txt'), 'a new file\n')
  const before = await contentOf(cwd)
  const { status, screen } = await onTerminal(
    machine,
    ['publish', '--tag', 'beta'],
    [
      ['Version (the last release is 0.1.0)', `${down}\r`],
      ['What is new in 0.2.0?', 'It knows the orders.\r'],
      [`Submit seen-card 0.2.0 at ${registry.url}?`, '\r'],
    ],
    { cwd },
  )
  expect(status, screen).toBe(0)
  const told = [
    `Publishing to ${registry.url}, channel beta`,
    'ann (publisher), key without an end',
    'Since 0.1.0',
    '+  orders:read',
    '+  api.example.com',
    '+  assets/new.txt',
    'assets/',
    'Version (the last release is 0.1.0)',
    'The manifest in the folder still says 0.1.0',
    'Submitted',
    'in the queue',
    'a super-admin decides',
  ]
  let at = 0
  for (const text of told) {
    expect(screen.indexOf(text, at), `${text} in order in\n${screen}`).toBeGreaterThan(-1)
    at = screen.indexOf(text, at)
  }
  // What was confirmed is what was sent, and not what was packed before the questions.
  const stored = await registry.ann.client.getVersion({ params: { pluginId: 'seen-card', version: '0.2.0' } })
  expect(screen).toContain(stored.digest)
  expect(stored.changelog).toContain('It knows the orders.')
  expect(stored.channels).toEqual([])
  expect(await contentOf(cwd)).toEqual(before)
})

test.concurrent('the editor is asked for the changelog, and the changelog’s own section is shown instead of asking', async () => {
  const cwd = await machine.plugin('edited-card')
  const editor = join(machine.work, 'editor.sh')
  await writeFile(
    editor,
    '#!/bin/sh\nprintf \'It has a card.\\n\' > "$1.new"\ncat "$1" >> "$1.new"\nmv "$1.new" "$1"\n',
  )
  await chmod(editor, 0o755)
  const env = { EDITOR: editor }
  const first = await onTerminal(machine, ['publish', '--version', '1.0.0'], [['Submit edited-card 1.0.0', '\r']], {
    cwd,
    env,
  })
  expect(first.status, first.screen).toBe(0)
  expect(first.screen).toContain('The first release of this plugin')
  const stored = await registry.ann.client.getVersion({ params: { pluginId: 'edited-card', version: '1.0.0' } })
  expect(stored.changelog?.trim()).toBe('It has a card.')

  const own = await readFile(join(cwd, 'CHANGELOG.md'), 'utf8')
  await writeFile(join(cwd, 'CHANGELOG.md'), own.replace('First version.', 'Words of the changelog.'))
  const second = await onTerminal(
    machine,
    ['publish'],
    [
      ['Version', '\r'],
      ['Submit edited-card 0.1.0', 'n\r'],
    ],
    { cwd, env },
  )
  expect(second.screen).toMatch(/CHANGELOG\.md says of 0\.1\.0:\s+- Words of the changelog\./)
  expect(second.screen).toContain('Nothing was sent.')
  expect(second.status).toBe(130)
  const { versions } = await registry.ann.client.listVersions({ params: { pluginId: 'edited-card' } })
  expect(versions.map(({ version }) => version)).toEqual(['1.0.0'])
})

test.concurrent('a dry run on a terminal shows the same and asks nothing', async () => {
  const cwd = await released('dry-card')
  await writeFile(join(cwd, 'README.md'), '# Dry card\n\nIt reads otherwise than before.\n')
  const { status, screen } = await onTerminal(machine, ['publish', '--dry-run', '--version', '0.1.1'], [], { cwd })
  expect(status, screen).toBe(0)
  expect(screen).toMatch(/Since 0\.1\.0[\s\S]+~ {2}README\.md/)
  expect(screen).not.toContain('?')
})

test.concurrent('--wait tells the points of a rejection', async () => {
  const cwd = await machine.plugin('pointed-card')
  const waiting = machine.start(['publish', '--json', '--wait'], { cwd })
  const find = async () => (await registry.submissionsOf('pointed-card'))[0]
  const submission = await expect.poll(find, { timeout: 20_000 }).toBeTruthy().then(find)
  await registry.root.client.rejectSubmission({
    params: { submissionId: submission?.id ?? '' },
    body: { reason: 'Two things', points: [{ path: 'README.md', message: 'Say which data' }, { message: 'An icon' }] },
  })
  const ended = await waiting.ended
  expect(ended.status, ended.stderr).toBe(6)
  const { error } = answerOf(ended)
  expect(error.code).toBe('submission_rejected')
  expect(error.findings.slice(0, 2)).toMatchObject([
    { code: 'review-point', severity: 'error', path: 'README.md', message: 'Say which data' },
    { code: 'review-point', severity: 'error', message: 'An icon' },
  ])
  expect(ended.stderr).toContain('Say which data')
})

test.concurrent('a private plugin is published as one, and drafts are submitted by name', async () => {
  const cwd = await machine.plugin('quiet-card')
  const draft = await machine.run(['publish', '--json', '--draft', '--visibility', 'private'], { cwd })
  expect(draft.status, draft.stderr).toBe(0)
  expect(answerOf(draft).status).toBe('draft')
  const missing = await machine.run(['submit', 'quiet-card@9.9.9', '--json'])
  expect(missing.status).toBe(3)
  expect((await machine.run(['submit', 'quiet-card', '--json'])).status).toBe(2)
  const sent = await machine.run(['submit', 'quiet-card@0.1.0'])
  expect(sent.status, sent.stderr).toBe(0)
  expect(sent.stdout).toMatch(
    /Submitted quiet-card 0\.1\.0 for review\.\n {2}submission {2}\S+\n {2}place {7}position \d+ in the queue.*\n {2}digest {6}sha256-/,
  )
  const again = answerOf(await machine.run(['submit', 'quiet-card@0.1.0', '--json']))
  const [submission] = await registry.submissionsOf('quiet-card')
  expect(again).toMatchObject({ submission: submission?.id, digest: answerOf(draft).digest, status: 'pending_review' })
  await registry.root.client.approveSubmission({ params: { submissionId: again.submission } })
  const env = { PLEXICA_API_KEY: registry.ben.key }
  expect((await machine.run(['info', 'quiet-card'], { env })).status).toBe(3)
  const changed = await machine.run(
    ['publish', '--json', '--dry-run', '--version', '0.2.0', '--visibility', 'public'],
    { cwd },
  )
  expect(changed.status, changed.stderr).toBe(5)
  expect(answerOf(changed).error.code).toBe('visibility_conflict')
})
