import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { answerOf, changeJson, type Ended, keepSecret, type Machine, openMachine } from './machine.ts'
import { type RegistryWithPeople, startRegistryWithPeople } from './registry-with-people.ts'

// Each test starts many processes, and the machine may have other work.
vi.setConfig({ testTimeout: 120_000 })

const token = 'shop-token-5f2a99c1'
let registry: RegistryWithPeople
/** Of the publisher, of a tenant's admin, and of somebody without a key. */
let author: Machine
let tenant: Machine
let passerBy: Machine

beforeAll(async () => {
  keepSecret(token)
  registry = await startRegistryWithPeople()
  const env = { PLEXICA_API_URL: registry.url }
  author = await openMachine({ ...env, PLEXICA_API_KEY: registry.ann.key })
  tenant = await openMachine({ ...env, PLEXICA_API_KEY: registry.ada.key, PLEXICA_TENANT: 'acme' })
  passerBy = await openMachine(env)

  const goals = await author.plugin('monthly-goals', 'full')
  await changeJson(join(goals, 'manifest.json'), {
    name: 'Monthly Goals',
    description: 'Shows how many orders are missing for the goal of the month.',
    requiredPermissions: ['orders:read', 'customers:read'],
    configSchema: {
      type: 'object',
      properties: {
        goal: { type: 'integer', title: 'Orders wanted', minimum: 1 },
        token: { type: 'string', title: 'Token of the shop', secret: true, minLength: 8 },
        quiet: { type: 'boolean', title: 'Without sounds', default: false },
      },
      required: ['goal', 'token'],
      additionalProperties: false,
    },
  })
  const [published] = await Promise.all([publish(goals), publish(await author.plugin('waiting-card'))])
  const { id: pluginId, version, digest } = published
  await registry.root.client.approveVersion({ params: { pluginId }, body: { version, digest } })
})

afterAll(async () => {
  await Promise.all([author, tenant, passerBy].map((machine) => machine?.close()))
  await registry?.stop()
})

async function publish(cwd: string) {
  const run = await author.run(['publish', '--json', '--skip-tests'], { cwd })
  if (run.status !== 0) throw new Error(run.stderr)
  return answerOf(run)
}

const install = (...args: string[]) => tenant.run(['install', 'monthly-goals', '--json', ...args])
const problemsOf = (run: Ended) =>
  answerOf(run).error.findings.map(({ code, path }: { code: string; path: string }) => `${code} ${path}`)

test.concurrent('anybody searches what is published', async () => {
  const run = await passerBy.run(['search', 'monthly', 'goa'])
  expect(run.status, run.stderr).toBe(0)
  expect(run.stdout).toMatch(/^monthly-goals +0\.1\.0 .*free +Shows how many orders/)
  const answer = answerOf(await passerBy.run(['search', 'goals', '--category', 'analytics', '--take', '1', '--json']))
  expect(answer).toMatchObject({ total: 1, plugins: [{ id: 'monthly-goals', latestVersion: '0.1.0' }] })
  const nothing = await passerBy.run(['search', 'waiting', 'card', '--price', 'paid'])
  expect(nothing.status, nothing.stderr).toBe(0)
  expect(nothing.stdout).toBe('')
  expect(nothing.stderr).toContain('No plugin matches.')
  const unknown = await passerBy.run(['search', 'goals', '--category', 'weather'])
  expect(unknown.status, unknown.stderr).toBe(2)
  expect(unknown.stderr).toContain('analytics')
  const tooMany = await passerBy.run(['search', 'goals', '--take', '1000', '--json'])
  expect(tooMany.status, tooMany.stderr).toBe(3)
  expect(answerOf(tooMany).error.findings).toMatchObject([{ message: expect.stringContaining('take') }])
})

test.concurrent('anybody reads what is published about a plugin, and nothing about one that waits', async () => {
  const run = await passerBy.run(['info', 'monthly-goals@^0.1.0'])
  expect(run.status, run.stderr).toBe(0)
  expect(run.stdout).toContain('Monthly Goals  monthly-goals 0.1.0')
  expect(run.stdout).toMatch(/asks for +orders:read – See totals and numbers of orders\n +customers:read – See names/)
  expect(run.stdout).toMatch(/quality +\d+\/\d+/)
  expect(run.stdout).toMatch(/Versions\n0\.1\.0 +latest +\d{4}-/)
  expect(run.stdout).toMatch(/digest +sha256-[0-9a-f]{64}/)
  for (const name of ['waiting-card', 'monthly-goals@9.9.9', 'no-such-plugin']) {
    const missing = await passerBy.run(['info', name, '--json'])
    expect(missing.status, missing.stderr).toBe(3)
    expect(answerOf(missing).error.code).toMatch(/^(plugin|version)_not_found$/)
  }
  expect((await passerBy.run(['info', 'Not An Id'])).status).toBe(2)
  const own = await author.run(['info', 'waiting-card@0.1.0'])
  expect(own.stdout).toContain('waiting-card 0.1.0 (pending_review)')
})

test.concurrent('status tells the author where each version stands', async () => {
  const waiting = await author.run(['status', 'waiting-card'])
  expect(waiting.status, waiting.stderr).toBe(0)
  expect(waiting.stdout).toMatch(/^waiting-card 0\.1\.0 {2}in review, submission \S+ at position 1\n/)
  const published = answerOf(await author.run(['status', 'monthly-goals', '--json']))
  expect(published).toMatchObject({ status: 'published', submission: null, versions: [{ version: '0.1.0' }] })
  await author.plugin('unsent-card')
  const unsent = await author.run(['status', 'unsent-card'])
  expect(unsent.status, unsent.stderr).toBe(0)
  expect(unsent.stdout).toContain('unsent-card 0.1.0  not at the registry yet')
  // To others a plugin that waits does not exist.
  const env = { PLEXICA_API_KEY: registry.ben.key }
  expect(answerOf(await author.run(['status', 'waiting-card', '--json'], { env })).status).toBeNull()
})

test('what is missing for an installation is said at once, and nothing is installed', async () => {
  const bare = await install()
  expect(bare.status, bare.stderr).toBe(2)
  const { code, fix } = answerOf(bare).error
  expect(code).toBe('answer_missing')
  for (const option of ['--set goal=…', '--config FILE with token', '--grant orders:read', '--grant customers:read']) {
    expect(fix).toContain(option)
  }
  const file = join(tenant.work, 'half.json')
  await writeFile(file, JSON.stringify({ token }))
  const all = ['--config', file, '--grant', 'orders:read', '--grant', 'customers:read']
  const half = await install('--set', 'goal=0', '--set', 'tokn=x', '--grant', 'a:b', ...all)
  expect(half.status, half.stderr).toBe(3)
  expect(problemsOf(half).toSorted()).toEqual([
    'configuration-unknown configuration.tokn',
    'configuration-value configuration.goal',
    'permission-not-required a:b',
  ])
  for (const mistake of [['goal=many'], ['quiet=perhaps'], ['goal'], ['=1'], ['goal=1.5']]) {
    expect((await install('--grant-all', '--set', ...mistake)).status, mistake.join()).toBe(2)
  }
  const { installations } = await registry.ada.client.listInstallations({ params: { tenantId: 'acme' } })
  expect(installations).toEqual([])
})

test('a secret under the wrong key, in the wrong form or in a broken file is not repeated', async () => {
  const broken = join(tenant.work, 'broken.json')
  await writeFile(broken, `{"token": "${token}"`)
  const complete = join(tenant.work, 'complete.json')
  await writeFile(complete, JSON.stringify({ token, goal: 1 }))
  const wrong: [status: number, args: string[]][] = [
    [2, ['--set', `goal=${token}`]],
    [2, ['--set', `quiet=${token}`]],
    [2, ['--set', token]],
    [2, ['--set', `token=${token}`]],
    [2, ['--config', `token=${token}`]],
    [3, ['--config', complete, '--set', `tokn=${token}`]],
    [2, ['--config', broken]],
    [2, [`--confg=token=${token}`]],
  ]
  for (const [status, args] of wrong) expect((await install('--grant-all', ...args)).status, args[0]).toBe(status)
})

test('an installation takes its configuration from options and a file, and shows no secret', async () => {
  const file = join(tenant.work, 'secrets.json')
  await writeFile(file, JSON.stringify({ token, goal: 50 }))
  const args = ['--config', file, '--set', 'goal=120', '--set', 'quiet=true', '--grant-all']
  const run = await install(...args)
  expect(run.status, run.stderr).toBe(0)
  const installed = {
    pluginId: 'monthly-goals',
    version: '0.1.0',
    enabled: true,
    configuration: { goal: 120, quiet: true },
    grantedPermissions: ['customers:read', 'orders:read'],
  }
  expect(answerOf(run)).toMatchObject(installed)
  // The same again is the same.
  const again = await tenant.run(['install', 'monthly-goals@0.1.0', ...args])
  expect(again.status, again.stderr).toBe(0)
  expect(again.stdout).toContain('Installed monthly-goals 0.1.0 for acme.')
  const { installations } = await registry.ada.client.listInstallations({ params: { tenantId: 'acme' } })
  expect(installations).toMatchObject([installed])
})

test.concurrent('who may not install, and what is not there to be installed', async () => {
  const file = join(tenant.work, 'enough.json')
  await writeFile(file, JSON.stringify({ token, goal: 50 }))
  const enough = ['--config', file, '--grant-all']
  const other = await install('--tenant', 'globex', ...enough)
  expect(other.status, other.stderr).toBe(3)
  expect(answerOf(other).error.code).toBe('tenant_not_found')
  const none = await tenant.run(['install', 'monthly-goals', '--json'], { env: { PLEXICA_TENANT: '' } })
  expect(none.status, none.stderr).toBe(2)
  expect(answerOf(none).error.fix).toContain('--tenant')
  const waiting = await tenant.run(['install', 'waiting-card', '--json'])
  expect(waiting.status, waiting.stderr).toBe(3)
  expect(answerOf(waiting).error.code).toBe('plugin_not_found')
  const publisher = await author.run(['install', 'monthly-goals', '--tenant', 'acme', ...enough, '--json'])
  expect(publisher.status, publisher.stderr).toBe(3)
  expect(answerOf(publisher).error.code).toBe('tenant_not_found')
})
