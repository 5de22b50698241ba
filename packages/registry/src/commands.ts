import { type ApiKey, roles, type Tenant } from '@plexica/api'
import { pino } from 'pino'
import { type Command, CommandFailed, command } from './command.ts'
import type { Config } from './config.ts'
import { openWorld } from './open-world.ts'
import { issueKey } from './operations/issue-key.ts'
import { seedRegistry } from './operations/seed-registry.ts'
import { serve } from './operations/serve.ts'
import { sweepBlobs } from './publishing/sweep-blobs.ts'
import { seedCorpus } from './seeding/seed-corpus.ts'
import type { World } from './world.ts'

const json = { meaning: 'Print one JSON object' } as const

/** Everything that `plexica-registry` can do. */
export const commands: Readonly<Record<string, Command>> = {
  start: command({
    summary: 'Run the registry until SIGTERM or SIGINT; a second signal ends it at once',
    options: {},
    run: async (config, _values, terminal) => serve(config, terminal),
  }),
  'keys create': command({
    summary: 'Make a key and print it; it is shown this once',
    options: {
      subject: { value: 'NAME', required: true, meaning: 'The person or robot that the key stands for' },
      role: { value: 'ROLE', required: true, meaning: `One of ${roles.join(', ')}` },
      tenant: { value: 'ID', meaning: 'The tenant, for tenant-admin and tenant-user' },
      'create-tenant': { value: 'NAME', meaning: 'Make the tenant under this name when there is none yet' },
      expires: { value: 'TIME', meaning: 'When the key ends, such as 2027-03-31 or 2027-03-31T12:00:00Z' },
      description: { value: 'TEXT', meaning: 'What the key is for' },
      json,
    },
    run: async (config, values, terminal) => {
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
        const counts = await withWorld(config, (world) => seedCorpus(world, from, terminal.say))
        if (values.json) terminal.print(JSON.stringify(counts))
        if (counts.broken > 0) throw new CommandFailed(`${counts.broken} lines of ${from} are no plugins.`)
        return
      }
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
  sweep: command({
    summary: 'Delete stored bytes that belong to no version, as an interrupted upload leaves them',
    options: { json },
    run: async (config, values, terminal) => {
      const swept = await withWorld(config, sweepBlobs)
      if (values.json) return terminal.print(JSON.stringify(swept))
      terminal.print(`Looked at ${swept.checked} blobs, deleted ${swept.deleted} with ${swept.bytes} bytes.`)
    },
  }),
}

/** One look at the world of a registry that may be running beside this; what would be its log goes to stderr. */
async function withWorld<T>(config: Config, act: (world: World) => Promise<T>): Promise<T> {
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
