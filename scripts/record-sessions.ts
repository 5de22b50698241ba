// `pnpm sessions`: records how the command line looks on a terminal (tmux has to be installed) into docs/sessions. Names
// of sessions as arguments record those alone; `--colour` prints them with their colours instead of writing files.
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { maskSession } from './sessions/mask-session.ts'
import { openPane, type Pane } from './sessions/open-pane.ts'
import { type Session, type Stage, sessions } from './sessions/session-list.ts'
import { openWorld, type SessionWorld } from './sessions/session-world.ts'

const target = join(import.meta.dirname, '../docs/sessions')
const names = process.argv.slice(2).filter((word) => word !== '--colour')
const colour = process.argv.includes('--colour')
const wanted = sessions.filter(({ name }) => names.length === 0 || names.includes(name))

const closing: (() => Promise<void>)[] = []
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void end(1))

try {
  await mkdir(target, { recursive: true })
  const world = await openWorld()
  closing.push(world.close)
  for (const session of wanted) {
    const text = await record(world, session)
    if (colour) console.log(`── ${session.name}\n${text}`)
    else await writeFile(join(target, `${session.name}.txt`), `${text}\n`)
    if (!colour) console.log(`✓ ${session.name}`)
  }
  if (!colour) await writeFile(join(target, 'README.md'), readme())
  await end(0)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  await end(1)
}

async function record(world: SessionWorld, { person, prepare, play }: Session): Promise<string> {
  const cwd = await prepare(world)
  const pane = await openPane({ folder: world.folder, cwd, env: world.envOf(person) })
  closing.push(pane.close)
  await play(stageOf(pane))
  const text = await pane.screen(...(colour ? ['-e'] : []))
  await closing.pop()?.()
  return maskSession(text.replace(/\n\$$/, ''), world)
}

function stageOf(pane: Pane): Stage {
  const start = async (line: string) => {
    await pane.type(line)
    await pane.press('Enter')
  }
  return {
    ...pane,
    start,
    async command(line) {
      await start(line)
      await pane.prompt()
    },
    async answer(question, ...keys) {
      await pane.waitFor(question)
      for (const key of keys) {
        const typed = /^'(.*)'$/.exec(key)?.[1]
        await (typed === undefined ? pane.press(key) : pane.type(typed))
      }
    },
  }
}

function readme(): string {
  const rows = sessions.map(({ name, title }) => `| [${name}](${name}.txt) | ${title} |`)
  return `# Sessions

How the command line looks on a terminal of 100 columns. \`pnpm sessions\` records them anew with a real registry, and
puts stable words where each recording has others: \`http://plugins.example\` is the registry, \`NN ms\` a time,
ids are numbered, \`2026-01-31\` is the day.

| session | what it shows |
|---|---|
${rows.join('\n')}
`
}

/** Closes what was opened, last first, and ends. */
async function end(status: number): Promise<never> {
  for (const close of closing.splice(0).reverse()) await close()
  process.exit(status)
}
