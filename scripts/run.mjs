// Runs one of the workspace's programs on a machine that has only Node >= 20 and npm:
//   node scripts/run.mjs scripts/demo.ts --once
// It asks npm for Node 24 and pnpm (cached after the first time), installs from the lockfile when that has changed,
// then runs the program where it was asked for. PLEXICA_NODE=22|24|26 chooses another Node.
// Plain JavaScript, because the Node that starts it may be old.
import { spawn, spawnSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const PNPM = 'pnpm@12.21.0'
const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const wanted = process.env.PLEXICA_NODE ?? '24'
const windows = process.platform === 'win32'

/** The platform's Node binary as an npm package: unlike `node`, it needs no install script, which npm 12 does not run. */
function nodePackage() {
  const os = { linux: 'linux', darwin: 'darwin', win32: 'win' }[process.platform]
  const prefix = os === 'darwin' && process.arch === 'arm64' ? 'node-bin' : 'node'
  return `${prefix}-${os}-${process.arch}@${wanted}`
}

/** The PATH under which `node` is the wanted major and `pnpm` the pinned one. */
function toolPath() {
  const printPath = 'node -e "process.stdout.write(process.env.PATH ?? process.env.Path)"'
  const args = ['exec', '--yes', `--package=${nodePackage()}`, `--package=${PNPM}`, '--call', printPath]
  const found = spawnSync('npm', args, { cwd: root, encoding: 'utf8', shell: windows })
  if (found.status !== 0) fail(`npm could not bring Node ${wanted} and pnpm.\n${found.stderr}`)
  return found.stdout.trim().split('\n').pop()
}

function isInstalled() {
  try {
    const changed = (file) => statSync(join(root, file)).mtimeMs
    return changed('node_modules/.modules.yaml') > Math.max(changed('pnpm-lock.yaml'), changed('pnpm-workspace.yaml'))
  } catch {
    return false
  }
}

function fail(message) {
  console.error(`plexica: ${message}`)
  process.exit(1)
}

const [program, ...args] = process.argv.slice(2)
if (!program) fail('name the program to run, e.g. node scripts/run.mjs scripts/demo.ts')

const rightNode = process.versions.node.split('.')[0] === wanted
const env = { ...process.env }
if (!rightNode || !isInstalled()) {
  env.PATH = toolPath()
  const install = ['install', '--frozen-lockfile', '--prefer-offline', '--reporter=append-only']
  const installed = spawnSync('pnpm', install, { cwd: root, env, encoding: 'utf8', shell: windows })
  if (installed.status !== 0) fail(`pnpm install failed.\n${installed.stdout}\n${installed.stderr}`)
}

const node = rightNode ? process.execPath : join(env.PATH.split(delimiter)[0], windows ? 'node.exe' : 'node')
// npm and pnpm say in INIT_CWD where they were called.
const cwd = process.env.INIT_CWD ?? process.cwd()
const child = spawn(node, [join(root, program), ...args], { cwd, env, stdio: 'inherit' })
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
child.on('error', (error) => fail(`${program} did not start: ${error.message}`))
child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)))
