import { once } from 'node:events'
import { type ClientRequest, type IncomingMessage, request } from 'node:http'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { createClient } from '@plexica/api'
import { expect, test } from 'vitest'
import { freshSettings, runRegistry, startProcess } from './run-registry.ts'

async function startWithKey() {
  const { env } = await freshSettings()
  const { stdout } = await runRegistry(['keys', 'create', '--subject', 'root', '--role', 'super-admin'], env)
  return { ...(await startProcess(env)), key: stdout.trim(), env }
}

const body = Buffer.from(JSON.stringify({ id: 'acme', name: 'Acme Outfitters' }))

/** A request of which the registry has half. */
async function halfRequest(url: string, key: string): Promise<ClientRequest> {
  const half = request(`${url}/api/tenants`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', 'content-length': body.length },
  })
  half.write(body.subarray(0, 10))
  await once(half, 'finish', { signal: AbortSignal.timeout(300) }).catch(() => undefined)
  return half
}

test.each(['SIGTERM', 'SIGINT'] as const)(
  '%s lets a running request end, takes no new one and loses nothing',
  async (signal) => {
    const { url, key, child, ended, env } = await startWithKey()
    // This client keeps its connection open, which must not hold up the stop.
    await createClient({ url, token: key }).whoami()
    const half = await halfRequest(url, key)
    child.kill(signal)
    await expect
      .poll(() =>
        fetch(`${url}/healthz`).then(
          () => 'answers',
          () => 'refused',
        ),
      )
      .toBe('refused')
    expect(child.exitCode).toBeNull()

    const answered = once(half, 'response') as Promise<[IncomingMessage]>
    half.end(body.subarray(10))
    const [response] = await answered
    expect(response.statusCode).toBe(201)
    response.resume()
    const started = performance.now()
    const { code, stdout, stderr } = await ended
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(performance.now() - started).toBeLessThan(2_000)
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(lines.at(-1)).toMatchObject({ msg: 'stopped' })
    expect(stdout).not.toContain(key)

    const again = await startProcess(env)
    expect((await createClient({ url: again.url, token: key }).listTenants()).tenants).toMatchObject([{ id: 'acme' }])
  },
)

test('a second signal ends it at once', async () => {
  const { url, key, child, ended } = await startWithKey()
  const half = await halfRequest(url, key)
  half.on('error', () => undefined)
  child.kill('SIGTERM')
  // The same signal handed on by a runner is no second one.
  child.kill('SIGTERM')
  await wait(800)
  expect(child.exitCode ?? child.signalCode).toBeNull()
  child.kill('SIGTERM')
  expect(await ended).toMatchObject({ code: null, signal: 'SIGTERM' })
})

test('somebody at a terminal reads where it runs and how to stop it', async () => {
  const { env } = await freshSettings()
  const source = (name: string) => JSON.stringify(join(import.meta.dirname, '../src', name))
  const program = `
    const { commands } = await import(${source('commands.ts')})
    const { runCommand } = await import(${source('run-command.ts')})
    process.exitCode = await runCommand(commands, '0.0.0', process.argv.slice(1), {
      env: process.env, print: console.log, say: console.error, watched: true,
    })`
  const { url, child, ended } = await startProcess(env, ['--input-type=module', '--eval', program])
  child.kill('SIGINT')
  expect(await ended).toMatchObject({
    code: 0,
    stderr: `The registry runs at ${url}. Ctrl-C stops it.\nFinishing what runs; Ctrl-C again ends it at once.\n`,
  })
})
