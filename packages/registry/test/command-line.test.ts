import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createClient } from '@plexica/api'
import { parse } from 'acorn'
import { describe, expect, test } from 'vitest'
import { settings } from '../src/config.ts'
import { freshSettings, runRegistry, startProcess, typeCommand } from './run-registry.ts'

describe('help', () => {
  test('lists the commands and every setting', async () => {
    const { code, stdout, stderr } = await typeCommand(['--help'])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    for (const word of ['start', 'keys create', 'seed', 'sweep', ...Object.keys(settings)])
      expect(stdout).toContain(word)
    expect((await typeCommand(['help'])).stdout).toBe(stdout)
  })

  test('of a command lists its options', async () => {
    const { code, stdout } = await typeCommand(['keys', 'create', '-h'])
    expect(code).toBe(0)
    expect(stdout).toContain('--create-tenant NAME')
    expect(stdout).toContain('super-admin, publisher, tenant-admin, tenant-user (required)')
  })

  test('the version is that of the package', async () => {
    const { version } = JSON.parse(await readFile(join(import.meta.dirname, '../package.json'), 'utf8'))
    expect(await runRegistry(['--version'])).toMatchObject({ code: 0, stdout: `${version}\n`, stderr: '' })
  })
})

describe('a command line that cannot be carried out ends with 2', () => {
  test.each([
    [[], 'usage: plexica-registry <command>'],
    [['keys'], 'There is no command keys.'],
    [['strat'], 'There is no command strat.'],
    [['sweep', '--dry'], "Unknown option '--dry'"],
    [['start', 'now'], "Unexpected argument 'now'"],
    [['keys', 'create', '--subject'], "'--subject <value>' argument missing"],
  ])('%j', async (args, words) => {
    const { code, stdout, stderr } = await typeCommand(args)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain(words)
    expect(stderr).not.toMatch(/^ {4}at /m)
  })

  test('options: all problems at once', async () => {
    const missing = await typeCommand(['keys', 'create'])
    expect(missing.stderr).toContain('--subject is missing')
    expect(missing.stderr).toContain('--role is missing')
    const { env } = await freshSettings()
    const args = ['--subject', 'A B', '--role', 'king', '--tenant', '-', '--expires', 'soon', '--create-tenant', '']
    const wrong = await typeCommand(['keys', 'create', ...args], env)
    expect(wrong.code).toBe(2)
    for (const option of ['--subject', '--role', '--tenant', '--expires', '--create-tenant']) {
      expect(wrong.stderr).toContain(`plexica-registry: ${option} `)
    }
    const later = await typeCommand(
      ['keys', 'create', '--subject', 'x', '--role', 'tenant-user', '--expires', '2020-01-31'],
      env,
    )
    expect(later.stderr).toContain('--tenant is missing: a tenant-user belongs to a tenant.')
    expect(later.stderr).toContain('--expires must be a time in the future.')
  })

  test('settings: all problems at once, for every command', async () => {
    const env = { PLEXICA_PORT: 'http', PLEXICA_DATABASE_URL: 'mongodb://db', PLEXICA_SECRET_KEY: 'hunter2' }
    for (const run of [() => runRegistry(['start'], env), () => typeCommand(['sweep'], env)]) {
      const { code, stdout, stderr } = await run()
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
      expect(stderr).toContain('plexica-registry: PLEXICA_PORT: write a port')
      expect(stderr).toContain('plexica-registry: PLEXICA_DATABASE_URL: write sqlite:PATH')
      expect(stderr).toContain('plexica-registry: PLEXICA_SECRET_KEY: write 32 bytes')
      expect(stderr).not.toContain('hunter2')
    }
  })
})

describe('what cannot be opened ends with 1, one sentence and what to do', () => {
  const startWith = async (env: Record<string, string>, run: typeof typeCommand | typeof runRegistry = typeCommand) => {
    const { code, stdout, stderr } = await run(['start'], env)
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).not.toMatch(/^ {4}at /m)
    return stderr
  }

  test('a port in use', async () => {
    const { env } = await freshSettings()
    const first = await startProcess(env)
    const { port } = new URL(first.url)
    const stderr = await startWith({ ...(await freshSettings()).env, PLEXICA_PORT: port }, runRegistry)
    expect(stderr).toBe(
      `plexica-registry: Port ${port} of 127.0.0.1 is in use. Stop the program that has it, or set PLEXICA_PORT to another port.\n`,
    )
  })

  test('a host that is not this machine', async () => {
    const { env } = await freshSettings()
    expect(await startWith({ ...env, PLEXICA_HOST: '192.0.2.1' })).toContain(
      '192.0.2.1 is not an address of this machine',
    )
    expect(await startWith({ ...env, PLEXICA_HOST: 'registry.invalid' })).toContain('Correct PLEXICA_HOST')
  })

  test('a data folder that is a file', async () => {
    const { folder, env } = await freshSettings()
    await writeFile(join(folder, 'file'), '')
    const database = await startWith({ ...env, PLEXICA_DATABASE_URL: `sqlite:${folder}/file/plexica.db` })
    expect(database).toMatch(/^plexica-registry: The database cannot be opened: .+ Check PLEXICA_DATABASE_URL/)
    const blobs = await startWith({ ...env, PLEXICA_STORAGE_URL: `file:${folder}/file/blobs` })
    expect(blobs).toMatch(/^plexica-registry: The blob store cannot be opened: .+ Check PLEXICA_STORAGE_URL/)
  })

  test('a database that is none', async () => {
    const { folder, env } = await freshSettings()
    await writeFile(join(folder, 'notes.txt'), 'Not a database, but a text of some length.\n'.repeat(100))
    const stderr = await startWith({ ...env, PLEXICA_DATABASE_URL: `sqlite:${folder}/notes.txt` })
    expect(stderr).toContain('The database cannot be opened: file is not a database.')
  })

  test('a platform.json that is missing or broken, with its lines', async () => {
    const { folder, env } = await freshSettings()
    const file = join(folder, 'platform.json')
    expect(await startWith({ ...env, PLEXICA_PLATFORM_FILE: file })).toContain('PLEXICA_PLATFORM_FILE cannot be read')
    await writeFile(file, '{\n  "name": "Shop",\n  "version": "one"\n}\n')
    const broken = await startWith({ ...env, PLEXICA_PLATFORM_FILE: file })
    expect(broken).toContain(`${file}:3 `)
    expect(broken).toContain('extensionPoints')
  })
})

describe('keys create', () => {
  test('prints the key alone, and it opens the registry that runs beside it', async () => {
    const { env } = await freshSettings()
    const { url } = await startProcess(env)
    const { code, stdout, stderr } = await typeCommand(
      ['keys', 'create', '--subject', 'root', '--role', 'super-admin'],
      env,
    )
    expect(code).toBe(0)
    expect(stdout).toMatch(/^plx_[0-9A-Za-z]{38}\n$/)
    expect(stderr).toBe('A key for root, super-admin. It does not expire. It is shown this once:\n')
    const client = createClient({ url, token: stdout.trim() })
    expect(await client.whoami()).toMatchObject({ subject: 'root', role: 'super-admin' })
  })

  test('makes the tenant where asked to, and is safe to run again', async () => {
    const { env } = await freshSettings()
    const args = ['keys', 'create', '--subject', 'ada', '--role', 'tenant-admin', '--tenant', 'acme']
    const without = await typeCommand(args, env)
    expect({ code: without.code, stdout: without.stdout }).toEqual({ code: 1, stdout: '' })
    expect(without.stderr).toContain('There is no tenant acme.')

    const named = [...args, '--create-tenant', 'Acme Outfitters', '--expires', '2099-12-31', '--description', 'setup']
    const first = await typeCommand(named, env)
    expect(first.stderr).toContain('Made the tenant acme (Acme Outfitters).')
    expect(first.stderr).toContain('A key for ada, tenant-admin of acme. It expires at 2099-12-31T00:00:00.000Z.')
    const second = await typeCommand([...named, '--json'], env)
    expect({ code: second.code, stderr: second.stderr }).toEqual({ code: 0, stderr: '' })
    expect(JSON.parse(second.stdout)).toMatchObject({
      key: expect.stringMatching(/^plx_/),
      subject: 'ada',
      tenantId: 'acme',
      description: 'setup',
      newTenant: null,
    })
  })

  test('makes no tenant for a key that cannot be made', async () => {
    const { env } = await freshSettings()
    const args = ['keys', 'create', '--subject', 'ada', '--role', 'tenant-admin', '--tenant', 'acme']
    const refused = await typeCommand([...args, '--create-tenant', 'Acme', '--expires', '2020-01-01'], env)
    expect(refused.code).toBe(2)
    expect((await typeCommand(args, env)).stderr).toContain('There is no tenant acme.')
  })
})

test('seed makes two tenants and a key for each role', async () => {
  const { env } = await freshSettings()
  const seeded = await typeCommand(['seed', '--json'], env)
  expect({ code: seeded.code, stderr: seeded.stderr }).toEqual({ code: 0, stderr: '' })
  const { keys } = JSON.parse(seeded.stdout)
  const { url } = await startProcess(env)
  for (const { key, role, tenantId } of keys) {
    expect(await createClient({ url, token: key }).whoami()).toMatchObject({ role, tenantId })
  }
  const again = await typeCommand(['seed'], env)
  expect(again.code).toBe(0)
  expect(again.stdout.match(/plx_[0-9A-Za-z]{38}/g)).toHaveLength(4)
  const root = createClient({ url, token: keys[0].key })
  expect((await root.listTenants()).tenants.map(({ id }) => id)).toEqual(['acme', 'globex'])
})

test('sweep says what it looked at', async () => {
  const { env } = await freshSettings()
  expect(JSON.parse((await typeCommand(['sweep', '--json'], env)).stdout)).toEqual({
    removed: 0,
    checked: 0,
    deleted: 0,
    bytes: 0,
  })
  expect((await typeCommand(['sweep'], env)).stdout).toBe('Looked at 0 blobs, deleted 0 with 0 bytes.\n')
})

describe('an old Node', () => {
  const bin = join(import.meta.dirname, '../bin/plexica-registry.cjs')

  test('can read the program that tells it so: no word of it is younger than ECMAScript 5', async () => {
    const source = await readFile(bin, 'utf8')
    expect(parse(source, { ecmaVersion: 5, allowHashBang: true }).body.length).toBeGreaterThan(0)
    expect(() => parse(`${source}\nf(1,)`, { ecmaVersion: 5, allowHashBang: true })).toThrow('Unexpected token')
  })

  test.each(['6.17.1', '20.20.2', '22.18.0'])('%s is told in one sentence what is needed', async (version) => {
    const { folder } = await freshSettings()
    const fake = join(folder, 'fake.cjs')
    const pretend = `Object.defineProperty(process, 'versions', { value: { node: '${version}' } })
Object.defineProperty(process, 'version', { value: 'v${version}' })`
    await writeFile(fake, pretend)
    expect(await runRegistry(['start'], {}, ['--require', fake, bin])).toEqual({
      code: 1,
      signal: null,
      stdout: '',
      stderr: `plexica-registry needs Node 22.19 or newer; this is v${version}. See https://nodejs.org.\n`,
    })
  })
})
