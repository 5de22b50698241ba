import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const folder = join(import.meta.dirname, '../.plexica/rivals')

/** The programs that figures are measured beside, and the load generator; kept out of the workspace's lockfile. */
const wanted = {
  dependencies: { verdaccio: '6.8.0', '@vscode/vsce': '3.9.2', ovsx: '1.1.1', undici: '8.12.4' },
  // The published range of one of their dependencies names a tag that does not exist.
  overrides: { 'node-fetch': '2.7.0' },
}

/** The folder with the rivals' programs, installed with npm when they are not there yet. */
export function installRivals(): { bin: (name: string) => string; modules: string } {
  const modules = join(folder, 'node_modules')
  const bin = (name: string) => join(modules, '.bin', name)
  const installed = join(folder, 'installed.json')
  const asked = JSON.stringify({ name: 'rivals', private: true, ...wanted }, null, 2)
  if (!existsSync(installed) || readFileSync(installed, 'utf8') !== asked) {
    console.log('installing the rivals (once) …')
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'package.json'), asked)
    const { status, stderr } = spawnSync('npm', ['install', '--no-audit', '--no-fund'], {
      cwd: folder,
      encoding: 'utf8',
    })
    if (status !== 0) throw new Error(`npm could not install the rivals\n${stderr}`)
    writeFileSync(installed, asked)
  }
  return { bin, modules }
}
