import { stat } from 'node:fs/promises'
import { type ApiKey, roles, type Tenant } from '@plexica/api'
import { pino } from 'pino'
import { type Command, CommandFailed, command, UsageError } from './command.ts'
import type { Config } from './config.ts'
import { RegistryError } from './http/registry-error.ts'
import { transferCommands } from './operations/transfer-commands.ts'
import type { World } from './world.ts'

const json = { meaning: 'Print one JSON object' } as const

/** Everything that `plexica-registry` can do. Each loads what it alone needs, so that a running registry has no more. */
export const commands: Readonly<Record<string, Command>> = {
  start: command({
    summary: 'Run the registry until SIGTERM or SIGINT; a second signal ends it at once',
    options: {},
    run: async (config, _values, terminal) => {
      const { serve } = await import('./operations/serve.ts')
      await serve(config, terminal)
    },
  }),
  'keys create': command({
    summary: 'Make a key and print it; it is shown this once',
    options: {
      subject: { value: 'NAME', required: true, meaning: 'The person or robot that the key stands for' },
      role: { value: 'ROLE', required: true, meaning: `One of ${roles.join(', ')}` },
      tenant: { value: 'ID', meaning: 'The tenant, for tenant-admin and tenant-user' },
      'create-tenant': { value: 'NAME', meaning: 'Make the tenant under this name when there is none yet' },
      permissions: {
        value: 'LIST',
        meaning: 'Permissions of the role that the key is narrowed to, with commas between',
      },
      plugins: { value: 'LIST', meaning: 'Ids of the plugins that the key is narrowed to, with commas between' },
      expires: { value: 'TIME', meaning: 'When the key ends, such as 2027-03-31 or 2027-03-31T12:00:00Z' },
      description: { value: 'TEXT', meaning: 'What the key is for' },
      json,
    },
    run: async (config, values, terminal) => {
      const { issueKey } = await import('./operations/issue-key.ts')
      const made = await withWorld(config, (world) => issueKey(world, values))
      if (values.json) return terminal.print(JSON.stringify(made))
      terminal.say(wordsFor(made))
      terminal.print(made.key)
    },
  }),
  seed: command({
    summary: 'Make the tenants acme and globex and a key for each role, for a first look; never on a public registry',
    options: {
      from: {
        value: 'FILE',
        meaning: 'Make published plugins of JSON lines (.gz too) instead, to try search and pages',
      },
      json,
    },
    run: async (config, values, terminal) => {
      const { from } = values
      if (from !== undefined) {
        const { seedCorpus } = await import('./seeding/seed-corpus.ts')
        const counts = await withWorld(config, (world) => seedCorpus(world, from, terminal.say))
        if (values.json) terminal.print(JSON.stringify(counts))
        if (counts.broken > 0) throw new CommandFailed(`${counts.broken} lines of ${from} are no plugins.`)
        return
      }
      const { seedRegistry } = await import('./operations/seed-registry.ts')
      const seeded = await withWorld(config, seedRegistry)
      if (values.json) return terminal.print(JSON.stringify(seeded))
      terminal.say(`Tenants: ${seeded.tenants.map(({ id }) => id).join(', ')}. Keys, shown this once:`)
      for (const made of seeded.keys) {
        terminal.print(
          [made.role.padEnd(12), made.subject.padEnd(6), (made.tenantId ?? '-').padEnd(6), made.key].join('  '),
        )
      }
    },
  }),
  'secrets rotate': command({
    summary: 'Seal every secret with PLEXICA_SECRET_KEY that one of PLEXICA_SECRET_KEY_PREVIOUS has sealed',
    options: { json },
    run: async (config, values, terminal) => {
      const { rotateSecrets } = await import('./installations/rotate-secrets.ts')
      const rotated = await withWorld(config, rotateSecrets)
      const { resealed, current, unreadable, missingKeys } = rotated
      if (values.json) terminal.print(JSON.stringify(rotated))
      else terminal.print(`Sealed ${resealed} secrets anew; ${current} were sealed with this key already.`)
      if (unreadable === 0) return
      const keys = `${unreadable} secrets were sealed with keys that are not given (${missingKeys.join(', ')}).`
      throw new RegistryError('secrets_unavailable', keys)
    },
  }),
  sweep: command({
    summary: 'Delete packages that are kept no longer, and stored bytes that belong to no version',
    options: { 'dry-run': { meaning: 'Delete nothing, and list what would go' }, json },
    run: async (config, { 'dry-run': dryRun, json: isJson }, terminal) => {
      const { sweepBlobs } = await import('./publishing/sweep-blobs.ts')
      const gone: string[] = []
      const tell = (what: string) => void gone.push(what)
      const swept = await withWorld(config, (world) => sweepBlobs(world, { dryRun, ...(dryRun ? { tell } : {}) }))
      if (isJson) return terminal.print(JSON.stringify(dryRun ? { ...swept, gone } : swept))
      for (const what of gone) terminal.print(what)
      const { removed, checked, deleted, bytes } = swept
      const verb = dryRun ? 'would delete' : 'deleted'
      terminal.print(`Looked at ${checked} blobs, ${verb} ${deleted} with ${bytes} bytes.`)
      if (removed > 0) terminal.print(`Packages that are kept no longer: ${removed}.`)
    },
  }),
  'advisories load': command({
    summary: 'Load security advisories in OSV format and hold every version against them',
    options: {
      path: {
        value: 'PATH',
        required: true,
        place: 1,
        meaning: 'A file of records, or a folder of such files',
      },
      json,
    },
    run: async (config, { path, json: isJson }, terminal) => {
      await stat(path).catch((error: Error) => {
        throw new UsageError([`PATH cannot be read: ${error.message}`])
      })
      const { loadAdvisories } = await import('./advisories/load-advisories.ts')
      const loaded = await withWorld(config, (world) => loadAdvisories(world, path, terminal.say))
      if (isJson) return terminal.print(JSON.stringify(loaded))
      const { added, updated, unchanged, ignored, failed, found, gone } = loaded
      terminal.print(
        `Advisories: ${added} new, ${updated} changed, ${unchanged} known, ${ignored} about other things, ${failed} unusable.`,
      )
      terminal.print(`Versions: ${found} new matches, ${gone} matches no more.`)
    },
  }),
  'audit verify': command({
    summary: 'Look whether a row of the audit was changed or removed; ends with 1 and the number of the first',
    options: { json },
    run: async (config, values, terminal) => {
      const { verifyChain } = await import('./audit/verify-chain.ts')
      const { end, brokenAt } = await withWorld(config, ({ db }) => verifyChain(db))
      if (values.json) terminal.print(JSON.stringify({ rows: end.number, hash: end.hash, brokenAt }))
      if (brokenAt !== null) throw new CommandFailed(`The audit is broken at number ${brokenAt}.`)
      if (!values.json) terminal.print(`${end.number} rows, unbroken. The last hash is ${end.hash}.`)
    },
  }),
  'audit export': command({
    summary: 'Print the whole audit, a JSON object a line, oldest first',
    options: {},
    run: async (config, _values, terminal) => {
      const { auditView } = await import('./audit/audit-view.ts')
      const { everyAuditRow } = await import('./audit/verify-chain.ts')
      await withWorld(config, async ({ db }) => {
        for await (const row of everyAuditRow(db)) terminal.print(JSON.stringify(auditView(row)))
      })
    },
  }),
  ...transferCommands,
}

/** One look at the world of a registry that may be running beside this; what would be its log goes to stderr. */
async function withWorld<T>(config: Config, act: (world: World) => Promise<T>): Promise<T> {
  const { openWorld } = await import('./open-world.ts')
  const log = pino({ level: config.logLevel }, pino.destination({ fd: 2, sync: true }))
  const { world, close } = await openWorld(config, () => config.publicUrl ?? '', log)
  try {
    return await act(world)
  } finally {
    await close()
  }
}

function wordsFor({ subject, role, tenantId, expiresAt, newTenant }: ApiKey & { newTenant: Tenant | null }): string {
  const tenant = newTenant ? `Made the tenant ${newTenant.id} (${newTenant.name}).\n` : ''
  const place = tenantId === null ? '' : ` of ${tenantId}`
  const end = expiresAt === null ? 'It does not expire.' : `It expires at ${expiresAt}.`
  return `${tenant}A key for ${subject}, ${role}${place}. ${end} It is shown this once:`
}
