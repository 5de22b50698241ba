import { execFile } from 'node:child_process'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { templateNames } from '../src/commands/init.ts'
import { answerOf, type Machine, openMachine } from './machine.ts'

let machine: Machine
beforeAll(async () => {
  machine = await openMachine()
})
afterAll(() => machine.close())

test.each(templateNames)('a plugin from %s is ready as it is, with a good listing', async (template) => {
  const made = await machine.run([
    'init',
    '--id',
    `my-${template}`,
    '--template',
    template,
    '--author',
    'Zoë "Z" O’Neil',
    '--json',
  ])
  expect(made.status, made.stderr).toBe(0)
  const { folder, files } = answerOf(made)
  expect(files).toContain('.gitignore')
  const manifest = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8'))
  expect(manifest).toMatchObject({ id: `my-${template}`, author: { name: 'Zoë "Z" O’Neil' } })
  const schema = JSON.parse(await readFile(join(folder, manifest.$schema), 'utf8'))
  expect(schema.properties).toHaveProperty('id')

  await promisify(execFile)(process.execPath, ['--run', 'test'], { cwd: folder })
  const run = await machine.run(['publish', '--dry-run', '--offline', '--json'], { cwd: folder })
  expect(run.status, run.stderr).toBe(0)
  expect(run.stderr).toMatch(/✔ Test .+passed/)
  const severe = answerOf(run).findings.filter(({ severity }: { severity: string }) => severity !== 'info')
  expect(severe).toEqual([])
})

test('the longest names fit', async () => {
  const id = `a${'-b'.repeat(31)}`
  const run = await machine.run(['init', '--id', id, '--template', 'widget'])
  expect(run.status, run.stderr).toBe(0)
  expect((await machine.run(['validate', id])).status).toBe(0)
})

test('an empty folder is filled, and its name is the id unless told', async () => {
  const folder = join(machine.work, 'empty-folder')
  await mkdir(folder)
  const run = await machine.run(['init', 'empty-folder', '--template', 'frontend', '--json'])
  expect(answerOf(run)).toMatchObject({ id: 'empty-folder', folder })
  expect(await readdir(folder)).toContain('manifest.json')
})

test('nothing is overwritten', async () => {
  const folder = join(machine.work, 'taken')
  await mkdir(folder)
  await writeFile(join(folder, 'thesis.txt'), 'years of work')
  const run = await machine.run(['init', 'taken', '--template', 'frontend'])
  expect(run.status).toBe(2)
  expect(run.stderr).toContain('is not empty')
  expect(await readdir(folder)).toEqual(['thesis.txt'])
  expect((await readdir(machine.work)).filter((name) => name.endsWith('.tmp'))).toEqual([])
})

test.each([
  [['--template', 'full'], '--id'],
  [['--id', 'only-an-id'], '--template'],
  [['--id', 'Not An Id', '--template', 'full'], 'small letters'],
  [['--id', 'too-long-a-name', '--template', 'full', '--name', 'n'.repeat(61)], '--name'],
])('%j misses an answer', async (args, words) => {
  const run = await machine.run(['init', ...args], { stdin: 'x\n' })
  expect(run.status).toBe(2)
  expect(run.stderr).toContain(words)
})
