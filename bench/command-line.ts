import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Bench } from './bench.ts'
import { compare } from './measure.ts'
import { timeProgram } from './programs.ts'
import { reportRow } from './report.ts'
import { writePlugin } from './workload.ts'

const node = process.execPath

/** Cold start of commands that need neither build nor network. */
export async function benchColdStart({ scratch, cli, rivals, rounds }: Bench): Promise<void> {
  const plugin = join(scratch, 'cold')
  writePlugin(plugin, { id: 'bench-cold', sourceBytes: 8_192 })
  const bars = [
    { against: 'node -e 0', most: 1.4 },
    { against: 'npm --version', most: 0.45 },
  ]
  for (const args of [['--version'], ['--help'], ['validate', plugin]]) {
    const result = await compare(
      {
        'node -e 0': () => timeProgram(node, ['-e', '0']),
        plexica: () => timeProgram(node, [cli, ...args]),
        'npm --version': () => timeProgram('npm', ['--version']),
      },
      rounds * 3,
    )
    reportRow(`cold start: plexica ${args[0]}`, 'ms', result, bars)
  }
  const beside = await compare(
    {
      plexica: () => timeProgram(node, [cli, '--version']),
      'vsce --version': () => timeProgram(node, [rivals.bin('vsce'), '--version']),
      'ovsx --version': () => timeProgram(node, [rivals.bin('ovsx'), '--version']),
    },
    rounds,
  )
  reportRow('cold start: beside other publishers', 'ms', beside, [
    { against: 'vsce --version', most: 0.2 },
    { against: 'ovsx --version', most: 0.2 },
  ])
}

/** A dry run without network of 500 KB of source: manifest, build, pack and inspection. */
export async function benchDryRun({ scratch, cli, rivals, rounds }: Bench): Promise<void> {
  const plugin = join(scratch, 'dry-run')
  writePlugin(plugin, { id: 'bench-dry-run', sourceBytes: 508_000 })
  const extension = vsceExtension(join(scratch, 'vsce'), plugin)
  const npmPackage = packageThatBuilds(join(scratch, 'npm-pack'), plugin)
  const floor = join(import.meta.dirname, 'floors/build-and-tar.mjs')
  let run = 0
  const result = await compare(
    {
      floor: () => timeProgram(node, [floor, plugin, join(scratch, `floor-${run++}.tgz`)]),
      plexica: () => timeProgram(node, [cli, 'publish', plugin, '--dry-run', '--offline', '--json', '--skip-tests']),
      'vsce package': () =>
        timeProgram(node, [rivals.bin('vsce'), 'package', '--no-dependencies', '-o', join(scratch, `${run++}.vsix`)], {
          cwd: extension,
        }),
      'npm pack': () => timeProgram('npm', ['pack', '--pack-destination', scratch], { cwd: npmPackage }),
    },
    rounds,
  )
  reportRow('dry run, 508 KB of source', 'ms', result, [
    { against: 'floor', most: 0.9 },
    { against: 'vsce package', most: 0.33 },
    { against: 'npm pack', most: 0.33 },
  ])
}

/** The same sources as an extension whose prepublish script builds them with esbuild, as its authors are told to. */
function vsceExtension(folder: string, plugin: string): string {
  return writeSources(folder, plugin, {
    publisher: 'bench',
    engines: { vscode: '^1.80.0' },
    activationEvents: ['onStartupFinished'],
    scripts: { 'vscode:prepublish': buildScript },
  })
}

/** The same sources as a package that npm builds with esbuild before it packs. */
function packageThatBuilds(folder: string, plugin: string): string {
  return writeSources(folder, plugin, { files: ['dist'], scripts: { prepack: buildScript } })
}

const esbuild = join(import.meta.dirname, '../packages/cli/node_modules/.bin/esbuild')
const externals = ['react', 'react/jsx-runtime'].map((name) => `--external:${name}`).join(' ')
const buildScript = `${esbuild} bundle=src/index.tsx --bundle --format=esm --splitting --minify --sourcemap --jsx=automatic ${externals} --outdir=dist`

function writeSources(folder: string, plugin: string, about: object): string {
  mkdirSync(folder, { recursive: true })
  cpSync(join(plugin, 'src'), join(folder, 'src'), { recursive: true })
  const basics = { name: 'bench-board', version: '1.0.0', license: 'MIT', main: 'dist/bundle.js' }
  const repository = 'https://example.com/bench'
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ ...basics, repository, ...about }))
  writeFileSync(join(folder, 'README.md'), '# Bench board\n')
  writeFileSync(join(folder, 'LICENSE'), 'MIT\n')
  return folder
}
