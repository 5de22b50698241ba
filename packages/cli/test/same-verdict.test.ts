import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ApiError, createClient } from '@plexica/api'
import type { Finding } from '@plexica/manifest-schema'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runProgram, type StartedProgram, startProgram } from '../../../scripts/programs.ts'
import { hostileArchives } from '../../inspect/test/hostile-archives.ts'

const build = join(import.meta.dirname, '../scripts/build.ts')
const registryProgram = join(import.meta.dirname, '../../registry/bin/plexica-registry.cjs')
const table = '../../../docs/reference/hostile-archives.md'

let folder: string
/** The command line as it is shipped, which starts fastest. */
let cli: string
let registry: StartedProgram
let url: string
let key: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plexica-verdicts-'))
  cli = join(folder, 'cli/main.js')
  await runProgram([build, join(folder, 'cli')], { env: process.env })
  const env = {
    ...process.env,
    PLEXICA_DATABASE_URL: `sqlite:${join(folder, 'plexica.db')}`,
    PLEXICA_STORAGE_URL: `file:${join(folder, 'blobs')}`,
    PLEXICA_PORT: '0',
    PLEXICA_LOG_LEVEL: 'info',
  }
  registry = await startProgram([registryProgram, 'start'], { env, ready: /"url":"([^"]+)"/ })
  url = registry.match[1] as string
  key = (
    await runProgram([registryProgram, 'keys', 'create', '--subject', 'ann', '--role', 'publisher'], { env })
  ).stdout.trim()
})

afterAll(async () => {
  await registry?.stop()
  await rm(folder, { recursive: true, force: true })
})

test('the command line and the registry find the same in every hostile archive', async () => {
  const rows: string[][] = []
  // What depends on a platform needs one, which the command line does not have by itself.
  const alone = hostileArchives.filter(({ platform }) => platform === undefined)
  const waiting = [...alone.entries()]
  const worker = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [index, { name, code, bytes }] = next
      const archive = bytes()
      const file = join(folder, `${index}.tar.gz`)
      await writeFile(file, archive)
      const here = await validate(file)
      const there = await preflight(archive)
      expect(there, name).toEqual(here)
      expect(codesOf(here), name).toContain(code)
      rows[index] = [name, cell(here, code), cell(there, code)]
      await rm(file)
    }
  }
  await Promise.all([worker(), worker()])
  const lines = rows.map((cells) => `| ${cells.map((text) => text.replaceAll('|', '\\|')).join(' | ')} |`)
  const head = [
    '<!-- Made by packages/cli/test/same-verdict.test.ts. -->',
    '',
    '# Hostile archives',
    '',
    'What the command line (`plexica validate FILE`) and the registry (`POST /api/preflight`) say of each crafted archive.',
    'Each was made for one rule; whatever else it breaks is counted behind it.',
    '',
    '| archive | command line | registry |',
    '| --- | --- | --- |',
  ]
  await expect([...head, ...lines, ''].join('\n')).toMatchFileSnapshot(table)
}, 240_000)

/** The findings of the command line, run as people run it. */
async function validate(file: string): Promise<Finding[]> {
  const child = spawn(process.execPath, [cli, 'validate', file, '--json'], { stdio: ['ignore', 'pipe', 'ignore'] })
  const output = Buffer.concat(await child.stdout.toArray()).toString()
  return JSON.parse(output).findings
}

async function preflight(archive: Uint8Array): Promise<Finding[]> {
  const body = (async function* () {
    yield archive
  })()
  try {
    return (await createClient({ url, token: key }).preflight({ query: {}, body })).findings
  } catch (error) {
    // What is over the limit is refused before it is read whole.
    if (error instanceof ApiError && error.code === 'body_too_large') return [...error.findings]
    throw error
  }
}

function codesOf(findings: readonly Finding[]): string[] {
  return [...new Set(findings.map(({ code }) => code))]
}

function cell(findings: readonly Finding[], code: string): string {
  const severity = findings.find((finding) => finding.code === code)?.severity
  const others = codesOf(findings).length - 1
  return `\`${code}\` (${severity})${others > 0 ? ` + ${others}` : ''}`
}
