// Runs one of the workspace's TypeScript programs on a machine that has only Node >= 20 and npm:
//   node scripts/run.mjs scripts/demo.ts --once
// It asks npm for Node 24 and pnpm (cached after the first time), installs from the lockfile, then runs the program.
// PLEXICA_NODE=22|24|26 chooses another Node. Plain JavaScript, because the Node that starts it may be old.
import { spawn, spawnSync } from 'node:child_process'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const PNPM = 'pnpm@12.21.0'
const NODE_MAJOR = process.env.PLEXICA_NODE ?? '24'
const root = join(dirname(fileURLToPath(import.meta.url)), '..')

/** The platform's Node binary as an npm package: unlike `node`, it needs no install script, which npm 12 does not run. */
function nodePackage() {
  const os = { linux: 'linux', darwin: 'darwin', win32: 'win' }[process.platform]
  const prefix = os === 'darwin' && process.arch === 'arm64' ? 'node-bin' : 'node'
  return `${prefix}-${os}-${process.arch}@${NODE_MAJOR}`
}

/** The PATH under which `node` is the wanted major and `pnpm` the pinned one. */
function toolPath() {
  const printPath = 'node -e "process.stdout.write(process.env.PATH ?? process.env.Path)"'
  const args = ['exec', '--yes', `--package=${nodePackage()}`, `--package=${PNPM}`, '--call', printPath]
  const found = spawnSync('npm', args, {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
  })
  if (found.status !== 0) fail(`npm could not bring Node ${NODE_MAJOR} and pnpm.\n${found.stderr}`)
  return found.stdout.trim().split('\n').pop()
}

function fail(message) {
  console.error(`plexica: ${message}`)
  process.exit(1)
}

const [program, ...args] = process.argv.slice(2)
if (!program) fail('name the program to run, e.g. node scripts/run.mjs scripts/demo.ts')

const env = { ...process.env, PATH: process.env.PLEXICA_TOOLS_READY ?? toolPath() }
if (!process.env.PLEXICA_TOOLS_READY) {
  env.PLEXICA_TOOLS_READY = env.PATH
  const install = ['install', '--frozen-lockfile', '--prefer-offline', '--reporter=append-only']
  const installed = spawnSync('pnpm', install, {
    cwd: root,
    env,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  })
  if (installed.status !== 0) fail(`pnpm install failed.\n${installed.stdout}\n${installed.stderr}`)
}

// `npm run` puts its own node first on the PATH of what it starts; the tools' PATH comes before it.
const node = env.PATH.split(delimiter).map((dir) => join(dir, process.platform === 'win32' ? 'node.exe' : 'node'))[0]
const child = spawn(node, [join(root, program), ...args], { cwd: root, env, stdio: 'inherit' })
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
child.on('error', (error) => fail(`${program} did not start: ${error.message}`))
child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)))
