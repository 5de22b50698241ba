import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { answerOf, type Ended, type Machine, openMachine } from './machine.ts'
import { type Recipe, recipes, writeRecipe } from './mutated-plugin.ts'
import { type RegistryWithPeople, startRegistryWithPeople } from './registry-with-people.ts'
import { writePlugin } from './small-plugin.ts'

/** Of both lanes together. `pnpm dry-equals-real` makes 240. */
const plugins = Number(process.env.DRY_EQUALS_REAL_PLUGINS ?? 48)
/** As many as this machine has processors, because each run is a process of its own. */
const lanes = ['one', 'two'] as const

let registry: RegistryWithPeople
let machine: Machine
let count = 0
const exits = new Set<number | null>()

beforeAll(async () => {
  registry = await startRegistryWithPeople()
  machine = await openMachine({ PLEXICA_API_URL: registry.url, PLEXICA_API_KEY: registry.ann.key })
  for (const lane of lanes) {
    await release(`own-${lane}`, registry.ann.key)
    await release(`others-${lane}`, registry.ben.key)
  }
  await release('well-known-card', registry.ben.key)
})

afterAll(async () => {
  await machine?.close()
  await registry?.stop()
})

async function release(id: string, key: string): Promise<void> {
  const folder = join(machine.work, id)
  await writePlugin(folder, { changes: { id, name: id } })
  const run = await machine.run(['publish', folder, '--json', '--api-key', key])
  expect(run.status, run.stderr).toBe(0)
  await registry.root.client.approveSubmission({ params: { submissionId: answerOf(run).submission } })
}

function idOf({ owner }: Recipe, lane: string): string {
  if (owner === 'own' || owner === 'others') return `${owner}-${lane}`
  // Letters alone, so that no two of them look alike.
  const letters = [...(count++).toString(8)].map((digit) => 'abcdefgh'[Number(digit)]).join('')
  if (owner === 'alike') return 'wellknown-card'
  return owner === 'resembling' ? `well-known-card${letters.at(-1)}` : `fresh-${lane}-${letters}-plugin`
}

/** What both runs have to agree about. */
function verdictOf(run: Ended) {
  const answer = answerOf(run)
  if (answer.error) {
    const { code, message, fix, findings } = answer.error
    return { exit: run.status, code, message, fix, findings }
  }
  const { id, version, digest, findings, files, packedBytes, unpackedBytes } = answer
  return { exit: run.status, id, version, digest, findings, files, packedBytes, unpackedBytes }
}

async function compare(recipe: Recipe, lane: string): Promise<void> {
  const id = idOf(recipe, lane)
  const folder = join(machine.work, `${id}-${count++}`)
  const args = await writeRecipe(folder, id, recipe)
  const publish = (...more: string[]) => machine.run(['publish', folder, '--json', ...args, ...more])
  const dry = verdictOf(await publish('--dry-run'))
  const real = verdictOf(await publish())
  exits.add(real.exit)
  expect(dry).toEqual(real)
  await rm(folder, { recursive: true, force: true })
}

const file = (path: string, content: string) => ({ kind: 'file', path, content }) as const
/** One of each end, so that none is missed by chance. */
const examples: Record<(typeof lanes)[number], [Recipe][]> = {
  one: [
    [{ owner: 'new', changes: [] }],
    [{ owner: 'new', changes: [{ kind: 'manifest', changes: { requiredPermissions: ['moon:land'] } }] }],
    [{ owner: 'own', changes: [file('README.md', 'Other bytes under a number that is taken.')] }],
  ],
  two: [
    [{ owner: 'others', changes: [] }],
    [{ owner: 'new', changes: [file('src/index.tsx', 'export const Card = (')] }],
    [{ owner: 'own', changes: [] }],
    [{ owner: 'alike', changes: [] }],
    [{ owner: 'new', changes: [{ kind: 'option', args: ['--tag', 'not a channel'] }] }],
  ],
}

const longest = plugins * 20_000

test.concurrent.each(lanes)(
  'lane %s: a dry run finds, packs and ends as the real run does',
  async (lane) => {
    const property = fc.asyncProperty(recipes, (recipe) => compare(recipe, lane))
    // What shrinks is run again and again, so only for as long as somebody may wait.
    await fc.assert(property, {
      numRuns: Math.ceil(plugins / lanes.length),
      examples: examples[lane],
      interruptAfterTimeLimit: longest,
      markInterruptAsFailure: true,
      endOnFailure: process.env.CI !== undefined,
    })
  },
  longest + 60_000,
)

test('every way for a publish to end was among them', () => {
  expect([...exits].toSorted()).toEqual([0, 2, 3, 4, 5, 9])
})
