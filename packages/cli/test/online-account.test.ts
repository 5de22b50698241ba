import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { createServer, request } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { commands, groups } from '../src/command-list.ts'
import { answerOf, keepSecret, type Machine, openMachine } from './machine.ts'
import { publishGood } from './publish-good.ts'
import { type RegistryWithPeople, startRegistryWithPeople } from './registry-with-people.ts'
import { ownCertificate } from './self-signed.ts'
import { writePlugin } from './small-plugin.ts'

// Each test starts many processes, and the machine may have other work.
vi.setConfig({ testTimeout: 120_000 })

let registry: RegistryWithPeople
/** Of the publisher ann. */
let machine: Machine

beforeAll(async () => {
  registry = await startRegistryWithPeople()
  machine = await openMachine({ PLEXICA_API_URL: registry.url, PLEXICA_API_KEY: registry.ann.key })
  await publishGood(registry, { manifest: { version: '1.0.0' } })
  await publishGood(registry, { manifest: { version: '1.1.0' } })
  await publishGood(registry, { manifest: { id: 'nodding-card', name: 'Nodding card' } })
})

afterAll(async () => {
  await machine?.close()
  await registry?.stop()
})

test('versions tells of each its state, channel, date and downloads', async () => {
  const run = await machine.run(['versions', 'greeting-card'], { env: { PLEXICA_API_KEY: '' } })
  expect(run.status, run.stderr).toBe(0)
  expect(run.stdout).toMatch(/^version .*\n1\.1\.0 +published +latest +\d{4}-\d\d-\d\d +\d+\n1\.0\.0 +published +\d{4}/)
  expect(answerOf(await machine.run(['versions', 'greeting-card', '--json']))).toMatchObject({ total: 2 })
})

test('deprecate needs a reason, is seen in info, and is taken back', async () => {
  const silent = await machine.run(['deprecate', 'greeting-card'])
  expect([silent.status, silent.stderr]).toEqual([2, expect.stringContaining('--reason')])
  expect((await machine.run(['deprecate', 'greeting-card', '--undo', '--reason', 'x'])).status).toBe(2)
  const args = ['--reason', 'Nobody greets any more.', '--successor', 'nodding-card', '--json']
  const done = await machine.run(['deprecate', 'greeting-card', ...args])
  expect(answerOf(done)).toMatchObject({ status: 'DEPRECATED', deprecation: { successor: 'nodding-card' } })
  const info = await machine.run(['info', 'greeting-card'])
  expect(info.stdout).toContain('Deprecated: Nobody greets any more. Use nodding-card instead.')
  const undone = await machine.run(['deprecate', 'greeting-card', '--undo'])
  expect([undone.status, undone.stdout]).toEqual([0, 'greeting-card is not deprecated.\n'])
  const foreign = await machine.run(['deprecate', 'greeting-card', '--undo'], {
    env: { PLEXICA_API_KEY: registry.ben.key },
  })
  expect(foreign.status).toBe(4)
})

test('a search without a result suggests what may have been meant', async () => {
  const run = await machine.run(['search', 'greeting', 'zzzzqqqq'])
  expect(run.status, run.stderr).toBe(0)
  expect([run.stdout, run.stderr]).toEqual(['', expect.stringContaining('greeting-card (Greeting card)')])
  const filtered = await machine.run(['search', 'greeting', '--price', 'paid', '--json'])
  expect(filtered.stderr).toMatch(/Without .+ \d plugins? would/)
  expect(answerOf(filtered)).toMatchObject({ total: 0, suggestions: [{ id: 'greeting-card' }] })
})

test('a new key stands alone on stdout, does what it may, and is revoked', async () => {
  const args = ['--permission', 'plugin:publish', '--permission', 'key:manage', '--plugin', 'greeting-card']
  const child = machine.start(['keys', 'create', ...args, '--expires', '90d', '--description', 'the pipeline'])
  const made = await child.ended
  expect(made.status, made.stderr).toBe(0)
  const key = made.stdout.trim()
  keepSecret(key)
  expect(made.stdout).toMatch(/^plx_\w+\n$/)
  expect(made.stderr).toContain('ann (publisher), narrowed to plugin:publish, key:manage on greeting-card')
  const who = await machine.run(['whoami'], { env: { PLEXICA_API_KEY: key } })
  expect(who.stdout).toMatch(/You are ann \(publisher\), key until \d{4}-/)
  expect(who.stdout).toContain('narrowed to plugin:publish, key:manage on greeting-card')

  const list = answerOf(await machine.run(['keys', 'list', '--json']))
  const { id } = list.keys.find(({ description }: { description: string | null }) => description === 'the pipeline')
  expect((await machine.run(['keys', 'list'])).stdout).toMatch(new RegExp(`${id} +ann +publisher +valid until`))
  const revoked = await machine.run(['keys', 'revoke', id, 'no-such-key', '--json'])
  expect(revoked.status, revoked.stderr).toBe(3)
  expect(answerOf(revoked).keys).toMatchObject([{ id, revoked: true }, { error: { code: 'key_not_found' } }])
  const after = await machine.run(['whoami', '--json'], { env: { PLEXICA_API_KEY: key } })
  expect([after.status, answerOf(after).error.code]).toEqual([4, 'key_revoked'])
})

test.each([
  [['--expires', 'soon'], 2],
  [['--expires', '2027-02-31'], 2],
  [['--expires', '2020-01-01'], 2],
  [['--permission', 'plugin:eat'], 2],
  [['--role', 'super-admin'], 4],
  [['--subject', 'ben'], 4],
] as const)('keys create %j is refused', async (args, status) => {
  const run = await machine.run(['keys', 'create', ...args])
  expect([run.status, run.stdout]).toEqual([status, ''])
})

test('a key on the command line of revoke is not repeated', async () => {
  const run = await machine.run(['keys', 'revoke', registry.ann.key])
  expect([run.status, run.stderr]).toEqual([2, expect.stringContaining('plexica keys list')])
})

const checksOf = (answer: { checks: { name: string; state: string }[] }) =>
  Object.fromEntries(answer.checks.map(({ name, state }) => [name, state]))

test('doctor finds everything in order', async () => {
  const folder = await writePlugin(join(machine.work, 'healthy'))
  const run = await machine.run(['doctor', folder, '--json'])
  expect(run.status, run.stdout).toBe(0)
  const names = ['Node', 'settings', 'registry', 'clock', 'key', 'manifest', 'platform', 'esbuild']
  expect(checksOf(answerOf(run))).toEqual(Object.fromEntries(names.map((name) => [name, 'ok'])))
  const words = await machine.run(['doctor', folder])
  expect(words.stdout).toMatch(/^✔ key +ann \(publisher\), from PLEXICA_API_KEY, does not expire$/m)
  expect((await machine.run(['doctor'])).stdout).toMatch(/^- manifest +there is no manifest\.json/m)
})

test('doctor names each thing that is wrong, with its fix and the first one’s exit code', async () => {
  const strange = await writePlugin(join(machine.work, 'strange'), { changes: { engines: { plexica: '^9.0.0' } } })
  const unfit = await machine.run(['doctor', strange, '--json'])
  expect([unfit.status, checksOf(answerOf(unfit)).platform]).toEqual([3, 'failed'])
  const broken = await writePlugin(join(machine.work, 'broken'), { changes: { category: 'weather' } })
  const revoked = await machine.run(['doctor', broken, '--json'], { env: { PLEXICA_API_KEY: 'plx_nonsense' } })
  expect(revoked.status).toBe(4)
  expect(checksOf(answerOf(revoked))).toMatchObject({ registry: 'ok', key: 'failed', manifest: 'failed' })
  const none = await machine.run(['doctor', '--json', '--api-url', 'http://127.0.0.1:9'])
  expect(none.status).toBe(7)
  expect(checksOf(answerOf(none))).toMatchObject({
    registry: 'failed',
    clock: 'skipped',
    key: 'skipped',
    esbuild: 'ok',
  })
  for (const { state, fix } of answerOf(none).checks) if (state === 'failed') expect(fix).toBeTruthy()
})

test('doctor sees a clock that is wrong', async () => {
  const server = createServer((incoming, outgoing) => {
    const { method, url, headers } = incoming
    incoming.pipe(
      request(new URL(url as string, registry.url), { method, headers }).once('response', (answer) => {
        outgoing.writeHead(answer.statusCode as number, { ...answer.headers, date: 'Mon, 06 Jan 2020 10:00:00 GMT' })
        answer.pipe(outgoing)
      }),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const run = await machine.run(['doctor', '--api-url', url])
  server.close()
  expect(run.status, run.stdout).toBe(3)
  expect(run.stdout).toMatch(/^✖ clock +this machine’s is .+ ahead of the registry’s\n +fix: .+NTP/m)
})

test('a certificate that nobody known has signed is named, with the way to trust it', async () => {
  const server = createTlsServer(ownCertificate, (_, answer) => answer.end('{}'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const run = await machine.run(['whoami', '--api-url', `https://localhost:${port}`])
  const plain = await machine.run(['whoami', '--api-url', registry.url.replace('http:', 'https:')])
  server.close()
  expect(run.status, run.stderr).toBe(7)
  expect(run.stderr).toContain('NODE_EXTRA_CA_CERTS')
  expect(plain.status, plain.stderr).toBe(7)
  expect(plain.stderr).toContain('begins with http:')
})

/** What bash would offer after these words, asked of the script itself. */
async function offered(script: string, line: string): Promise<string[]> {
  const program = `source "$1"\nCOMP_LINE=$2\nCOMP_POINT=\${#2}\n_plexica\nprintf '%s\\n' "\${COMPREPLY[@]}"`
  const child = spawn('bash', ['--norc', '-c', program, 'bash', script, line], { cwd: machine.work, stdio: 'pipe' })
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  expect(stderr).toBe('')
  return stdout.split('\n').filter((word) => word !== '')
}

test('bash completes commands, options, their values and files', async () => {
  const run = await machine.run(['completion', 'bash'])
  const script = join(machine.work, 'completion.bash')
  await writeFile(script, run.stdout)
  await writeFile(join(machine.work, 'settings of mine.json'), '{}')
  expect(await offered(script, 'plexica ')).toEqual(expect.arrayContaining(['init', 'review', 'keys', 'completion']))
  expect(await offered(script, 'plexica un')).toEqual(['unyank', 'uninstall'])
  expect(await offered(script, 'plexica keys ')).toEqual(['create', 'list', 'revoke'])
  expect(await offered(script, 'plexica search sales --so')).toEqual(['--sort'])
  expect(await offered(script, 'plexica search sales --sort r')).toEqual(['relevance', 'rating'])
  expect(await offered(script, 'plexica completion ')).toEqual(['bash', 'zsh', 'fish'])
  expect(await offered(script, 'plexica install x --config sett')).toEqual(['settings of mine.json'])
  // Bash takes the word before the colon for done.
  expect(await offered(script, 'plexica keys create --permission plugin:p')).toEqual(['publish'])
  expect(await offered(script, 'plexica nonsense ')).toEqual([])
})

test.each(['bash', 'zsh', 'fish'])('the script for %s has every command and every option', async (shell) => {
  const { script } = answerOf(await machine.run(['completion', shell, '--json']))
  for (const word of Object.keys(groups)) expect(script).toContain(word)
  for (const { name, options } of commands) {
    expect(script).toMatch(new RegExp(`[^a-z-]${name.split(' ').at(-1)}[^a-z-]`))
    for (const { flags } of Object.values(options)) {
      const long = /--([a-z-]+)/.exec(flags)?.[1] as string
      expect(script, `${name} ${flags}`).toContain(shell === 'fish' ? `-l ${long}` : `--${long}`)
    }
  }
})
