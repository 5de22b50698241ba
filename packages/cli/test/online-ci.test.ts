import { randomUUID } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { startIssuer, type TestIssuer } from '../../registry/test/start-issuer.ts'
import { answerOf, changeJson, keepSecret, type Machine, openMachine } from './machine.ts'
import { type RegistryWithPeople, startRegistryWithPeople } from './registry-with-people.ts'

// Each test starts many processes, and the machine may have other work.
vi.setConfig({ testTimeout: 120_000 })

let issuer: TestIssuer
let registry: RegistryWithPeople
/** Ann's, and that of a pipeline, which has no key. */
let machine: Machine
let runner: Machine

/** What GitHub gives a job its token from. */
let asked: { audience: string | null; authorization: string | undefined }[] = []
let status = 200
const secret = 'a-secret-of-the-runner'
const github = createServer(async (request, response) => {
  const audience = new URL(request.url ?? '', 'http://localhost').searchParams.get('audience')
  asked.push({ audience, authorization: request.headers.authorization })
  const value = await tokenFor(audience ?? '')
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ value }))
})

beforeAll(async () => {
  issuer = await startIssuer()
  registry = await startRegistryWithPeople({ PLEXICA_OIDC_ISSUERS: issuer.url })
  machine = await openMachine({ PLEXICA_API_URL: registry.url, PLEXICA_API_KEY: registry.ann.key })
  runner = await openMachine({ PLEXICA_API_URL: registry.url })
  await new Promise<void>((resolve) => github.listen(0, '127.0.0.1', resolve))
  keepSecret(secret)
})

afterAll(async () => {
  github.close()
  await machine?.close()
  await runner?.close()
  await registry?.stop()
  await issuer?.stop()
})

async function tokenFor(audience: string, claims: Record<string, unknown> = {}): Promise<string> {
  const token = await issuer.sign({ aud: audience, jti: randomUUID(), repository: 'acme/cards', ...claims })
  keepSecret(token)
  return token
}

const githubEnv = () => ({
  ACTIONS_ID_TOKEN_REQUEST_URL: `http://127.0.0.1:${(github.address() as AddressInfo).port}/token?api-version=2`,
  ACTIONS_ID_TOKEN_REQUEST_TOKEN: secret,
})

/** A plugin that ann has published once, and that trusts the pipelines of `acme/cards`. */
async function trusting(id: string): Promise<string> {
  const cwd = await machine.plugin(id)
  const first = await machine.run(['publish', '--json'], { cwd })
  expect(first.status, first.stderr).toBe(0)
  const publishers = [{ issuer: issuer.url, claims: { repository: 'acme/cards' } }]
  await registry.ann.client.setTrustedPublishers({ params: { pluginId: id }, body: { publishers } })
  return cwd
}

test('a pipeline of GitHub publishes without a key, by the token of its job', async () => {
  const cwd = await trusting('github-card')
  asked = []
  const run = await runner.run(['publish', '--json', '--version', '0.2.0'], { cwd, env: githubEnv() })
  expect(run.status, run.stderr).toBe(0)
  expect(asked).toEqual([{ audience: registry.url, authorization: `Bearer ${secret}` }])
  expect(run.stderr).toMatch(/✔ Account .+oidc:127\.0\.0\.1:\d+\/acme\/cards \(publisher\), key until \d\d:\d\d UTC/)
  const { submission } = answerOf(run)
  const [sent] = (await registry.submissionsOf('github-card')).filter(({ id }) => id === submission)
  expect(sent).toMatchObject({ version: '0.2.0', submittedBy: expect.stringContaining('/acme/cards') })
  // A key that is set wins, and nobody is asked for a token.
  const env = { ...githubEnv(), PLEXICA_API_KEY: registry.ann.key }
  expect((await runner.run(['publish', '--json', '--dry-run'], { cwd, env })).status).toBe(0)
  expect(asked).toHaveLength(1)
})

test('a pipeline of GitLab publishes by PLEXICA_ID_TOKEN, once', async () => {
  const cwd = await trusting('gitlab-card')
  const env = { PLEXICA_ID_TOKEN: await tokenFor(registry.url) }
  const run = await runner.run(['publish', '--json', '--version', '0.2.0'], { cwd, env })
  expect(run.status, run.stderr).toBe(0)
  const again = await runner.run(['publish', '--json', '--version', '0.2.0'], { cwd, env })
  expect(again.status).toBe(4)
  expect(answerOf(again).error.code).toBe('token_used')
})

test('a token that is not taken is told why, without being shown', async () => {
  const cwd = await trusting('strict-card')
  const publish = (env: Record<string, string>) => runner.run(['publish', '--json', '--dry-run'], { cwd, env })
  const elsewhere = await publish({ PLEXICA_ID_TOKEN: await tokenFor('https://plugins.example.com') })
  expect(elsewhere.status).toBe(4)
  expect(answerOf(elsewhere).error).toMatchObject({
    code: 'token_invalid',
    message: expect.stringMatching(/sent to http:.+aud=https:\/\/plugins\.example\.com/),
    fix: expect.stringContaining('audience'),
  })
  const stranger = await publish({ PLEXICA_ID_TOKEN: await tokenFor(registry.url, { repository: 'evil/cards' }) })
  expect(stranger.status).toBe(4)
  expect(answerOf(stranger).error).toMatchObject({
    code: 'not_trusted',
    message: expect.stringContaining('repository=evil/cards'),
  })
  expect((await publish({ PLEXICA_ID_TOKEN: 'no token' })).status).toBe(4)

  status = 403
  const refused = await publish(githubEnv())
  status = 200
  expect(refused.status).toBe(7)
  expect(answerOf(refused).error).toMatchObject({ code: 'pipeline_token_missing' })
  const without = await publish({ GITHUB_ACTIONS: 'true' })
  expect(without.status).toBe(4)
  expect(answerOf(without).error.fix).toContain('id-token: write')
  expect(answerOf(await publish({ GITLAB_CI: 'true' })).error.fix).toContain('id_tokens')
})

test('GitHub shows findings at their files in the repository, and the end on the job’s page', async () => {
  const repository = join(machine.work, 'repository')
  await mkdir(join(repository, 'plugins'), { recursive: true })
  const cwd = join(repository, 'plugins/noted-card')
  await rename(await machine.plugin('noted-card'), cwd)
  const summary = join(machine.work, 'summary.md')
  await writeFile(summary, 'From the step before.\n')
  const env = { GITHUB_ACTIONS: 'true', GITHUB_WORKSPACE: repository, GITHUB_STEP_SUMMARY: summary }

  const sent = await machine.run(['publish', '--json'], { cwd, env })
  expect(sent.status, sent.stderr).toBe(0)
  const answer = answerOf(sent)
  expect(sent.stderr).toMatch(/^::notice file=plugins\/noted-card\/manifest\.json,title=listing-screenshots::/m)
  const good = await readFile(summary, 'utf8')
  expect(good.startsWith('From the step before.\n### noted-card 0.1.0\n')).toBe(true)
  for (const text of [
    answer.digest,
    answer.submission.replaceAll('_', '\\_'),
    'pending\\_review',
    'listing-screenshots',
  ]) {
    expect(good).toContain(text)
  }

  await changeJson(join(cwd, 'manifest.json'), { requiredPermissions: ['moon:land|<b>'] })
  const refused = await machine.run(['publish', '--json', '--dry-run'], { cwd, env })
  expect(refused.status).toBe(3)
  expect(refused.stderr).toMatch(/^::error file=plugins\/noted-card\/manifest\.json,line=\d+,title=manifest-/m)
  const bad = (await readFile(summary, 'utf8')).slice(good.length)
  expect(bad).toMatch(/^### Not published: plugin\\_invalid\n/)
  expect(bad).toContain('moon:land\\|&lt;b>')

  // A failure without findings is told at no file, and a summary that cannot be written keeps nobody from publishing.
  const broken = { ...env, GITHUB_STEP_SUMMARY: join(machine.work, 'nowhere/summary.md'), PLEXICA_API_KEY: 'plx_no' }
  const nobody = await machine.run(['publish'], { cwd, env: broken })
  expect(nobody.status).toBe(4)
  expect(`${nobody.stdout}${nobody.stderr}`).toMatch(/^::error title=key_invalid::/m)
  expect(nobody.stderr).toContain('The step summary cannot be written')
  const plain = await machine.run(['publish', '--dry-run'], { cwd })
  expect(`${plain.stdout}${plain.stderr}`).not.toContain('::')
})
